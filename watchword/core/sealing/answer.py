# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file that a custodian's machine answers with: shares sealed to the one-time key, or a refusal; signed.

The Desk can open nothing of it. Whose answer it is, and that nobody touched it since, the signature says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

from watchword.core.refusals import sentence
from watchword.core.sealing import base64, hybrid, plain, seat
from watchword.core.sealing.envelope import header_length, parse_header
from watchword.core.sealing.errors import Malformed, SealingError
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seat import SIGNATURE_SIZE, SeatAddress

WHAT = "answer"
LONGEST_REASON = 2000
_MEMBERS = {"action", "gave", "parts", "reason", "seat", "signature"}


@dataclass(frozen=True, slots=True)
class Given:
    """This seat's part of the key of the body with this hash, as an age file for the one-time key alone."""

    sealed: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class SeatAnswer:
    """What a seat answers to the request of this hash: parts, or why it refuses."""

    action: str
    seat: str
    gave: bool
    parts: tuple[Given, ...]
    reason: str

    def __post_init__(self) -> None:
        if self.gave is not bool(self.parts) or self.gave is bool(self.reason.strip()):
            raise Malformed(_NEITHER)
        if len(self.reason) > LONGEST_REASON:
            raise Malformed(_NEITHER)

    @property
    def members(self) -> dict[str, Any]:
        """The same as JSON has it, unsigned."""
        parts = [{"sealed": base64.encode(one.sealed), "sha256": one.sha256} for one in self.parts]
        said = {"action": self.action, "gave": self.gave, "reason": self.reason, "seat": self.seat}
        return {**said, "parts": parts}

    @property
    def said(self) -> bytes:
        """The bytes that are signed."""
        return rfc8785.dumps(self.members)


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """An answer with the signature under it, which ``check`` has not seen yet."""

    answer: SeatAnswer
    signature: bytes

    def check(self, addresses: Sequence[SeatAddress]) -> None:
        """Tampered unless one of these keys signed it."""
        refused: SealingError = Malformed(_NEITHER)
        for address in addresses:
            try:
                return address.check(self.answer.said, self.signature)
            except SealingError as error:
                refused = error
        raise refused


def pack(answer: SeatAnswer, identity: Identity) -> bytes:
    """The file, signed by the holder of the seat's key."""
    signature = seat.sign(identity, answer.said)
    return plain.write(WHAT, {**answer.members, "signature": signature.hex()})


def unpack(raw: bytes) -> SignedAnswer:
    """The answer in these bytes; Malformed unless ``pack`` would write the same."""
    found = plain.read(raw, WHAT, _MEMBERS)
    answer = SeatAnswer(
        action=plain.text(found["action"], plain.HASH),
        seat=plain.text(found["seat"], plain.CODE),
        gave=plain.truth(found["gave"]),
        parts=tuple(_given(one) for one in plain.row(found["parts"])),
        reason=plain.text(found["reason"]),
    )
    return SignedAnswer(answer, read_signature(found["signature"]))


def read_signature(value: object) -> bytes:
    """A signature in hex."""
    try:
        signature = bytes.fromhex(plain.text(value))
    except ValueError:
        raise Malformed(plain.NOT_A_FILE) from None
    if len(signature) != SIGNATURE_SIZE or signature.hex() != value:
        raise Malformed(plain.NOT_A_FILE)
    return signature


def check_for_one(header: bytes) -> None:
    """Malformed unless this header of an age file has one recipient, of the post-quantum type."""
    stanzas = parse_header(header).stanzas
    if len(stanzas) != 1 or stanzas[0].arguments[0] != hybrid.NAME:
        raise Malformed(_FOR_OTHERS)


def _given(value: object) -> Given:
    found = plain.members(value, set(Given.__slots__))
    sealed = plain.data(found["sealed"])
    check_for_one(sealed[: header_length(sealed)])
    return Given(sealed, plain.text(found["sha256"], plain.HASH))


_NEITHER = sentence("An answer gives shares, or refuses with a reason of at most 2000 characters.")
_FOR_OTHERS = sentence("Something in this file is not sealed to one post-quantum key alone.")
