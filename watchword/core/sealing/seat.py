# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key of a custodian's seat that was born on the custodian's own machine, and what its holder signs.

One secret of 32 bytes: it is an age identity, so that stock programs open what is sealed to the seat, and an
Ed25519 key follows from it, so that a Desk which never had the secret knows whose answer it is handed.
The forms are described in docs/spec/requests.md.
"""

import re
from dataclasses import dataclass

from watchword.core.refusals import sentence
from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import (
    KEY_SIZE,
    ed25519_public,
    ed25519_sign,
    ed25519_verify,
    hkdf,
    sha256,
)
from watchword.core.sealing.recipients import Identity, Recipient

MARK_SIZE = 16
_SALT = b"watchword/seat/v1"
_MARK_LABEL = b"watchword/seat-mark/v1\0"
_ANSWER_LABEL = b"watchword/seat-answer/v1\0"
_TEXT = re.compile("(age1pq1[02-9ac-hj-np-z]{1952}) ([0-9a-f]{64})")
SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True)
class SeatAddress:
    """The public half: whom to seal to (``age1pq1…``), and the 32-byte key under which answers verify."""

    recipient: str
    answers: bytes

    @classmethod
    def parse(cls, text: str) -> "SeatAddress":
        """Read what ``str`` writes; Malformed for anything else, white space at its ends let pass."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise Malformed(_NOT_AN_ADDRESS)
        try:
            Recipient.parse(match[1])
        except Malformed:
            raise Malformed(_NOT_AN_ADDRESS) from None
        return cls(match[1], bytes.fromhex(match[2]))

    @property
    def mark(self) -> bytes:
        """What two people read to each other: 16 bytes that stand for both halves of the address."""
        return sha256(_MARK_LABEL + str(self).encode("ascii"))[:MARK_SIZE]

    def check(self, said: bytes, signature: bytes) -> None:
        """Tampered unless the holder of the seat's key signed exactly this."""
        if len(self.answers) != KEY_SIZE or not ed25519_verify(self.answers, _ANSWER_LABEL + said, signature):
            raise Tampered(_ANOTHERS)

    def __str__(self) -> str:
        return f"{self.recipient} {self.answers.hex()}"


def address_of(identity: Identity) -> SeatAddress:
    """The public half of a seat's key."""
    return SeatAddress(str(identity.recipient), ed25519_public(_signing(identity)))


def sign(identity: Identity, said: bytes) -> bytes:
    """The holder's signature over an answer, 64 bytes."""
    return ed25519_sign(_signing(identity), _ANSWER_LABEL + said)


def _signing(identity: Identity) -> bytes:
    return hkdf(identity.seed, salt=_SALT, info=b"answers")


_NOT_AN_ADDRESS = sentence("This is not the public half of a seat’s key, whole and on one line.")
_ANOTHERS = sentence("This was not signed with the key of this seat, or it was changed since.")
