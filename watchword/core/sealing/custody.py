# SPDX-License-Identifier: AGPL-3.0-or-later
"""A compartment that nobody can open alone: a key made for it, forgotten at once, its seed in k of n shares.

There is no key above these: each compartment of each page has its own, so that k people who open one have
opened one. What a seat is handed holds its share, and what tells a wrong share from a right one.
The form is described in docs/spec/custody.md; a browser makes the same bytes.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from watchword.core.refusals import sentence
from watchword.core.sealing.errors import Malformed, Tampered, WrongShare
from watchword.core.sealing.primitives import KEY_SIZE
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.shares import MOST_SHARES, Share, combine, split

FORMAT = 1
MOST_PARTS = 32
_COMPARTMENT = re.compile("[a-z](?:[a-z0-9-]{0,62}[a-z0-9])?")
# As long as 1216 bytes are in Bech32. That it is the right key shows when it is restored, and not before.
_RECIPIENT = re.compile("age1pq1[02-9ac-hj-np-z]{1952}")
_HEX = re.compile("(?:[0-9a-f]{2})+")
_SHARE_SIZE = KEY_SIZE + 1
_MEMBERS = {"commitments", "compartment", "needed", "number", "recipient", "share"}
_LONGEST = MOST_PARTS * (MOST_SHARES * 70 + 2500)


@dataclass(frozen=True, slots=True)
class Part:
    """What one seat holds of one compartment's key.

    ``recipient`` is the key that the compartment is sealed to (``age1pq1…``), ``needed`` how many shares
    restore it, ``number`` the seat from 1, ``share`` its 33 bytes, ``commitments`` the SHA-256 of each share.
    """

    compartment: str
    recipient: str
    needed: int
    number: int
    share: bytes = field(repr=False)
    commitments: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if not _COMPARTMENT.fullmatch(self.compartment):
            raise Malformed("a part in custody names no compartment")
        if not 1 <= self.needed <= len(self.commitments) <= MOST_SHARES:
            raise Malformed(f"custody is held for 1 <= k <= n <= {MOST_SHARES}")
        if not 1 <= self.number <= len(self.commitments):
            raise Malformed("a part in custody is of a seat that does not exist")
        if len(self.share) != _SHARE_SIZE or any(len(one) != KEY_SIZE for one in self.commitments):
            raise Malformed("a share or a commitment in custody has a wrong length")
        if not _RECIPIENT.fullmatch(self.recipient):
            raise Malformed("what is in custody is sealed to a post-quantum key")

    @property
    def split(self) -> tuple[str, str, int, tuple[bytes, ...]]:
        """What all the parts of one splitting say alike."""
        return self.compartment, self.recipient, self.needed, self.commitments


@dataclass(frozen=True, slots=True)
class Entrusted:
    """Whom to seal a compartment to, and for each seat in order what it is handed. The key itself is gone."""

    recipient: Recipient
    parts: tuple[Part, ...]


def entrust(compartment: str, *, needed: int, seats: int) -> Entrusted:
    """A fresh key for ``compartment``, split among ``seats`` seats of which any ``needed`` restore it.

    Malformed unless 1 <= needed <= seats <= 16.
    """
    identity = Identity.generate()
    shares = split(identity.seed, needed, seats)
    commitments = tuple(share.commitment for share in shares)
    recipient = identity.recipient
    written = str(recipient)
    parts = tuple(
        Part(compartment, written, needed, share.number, share.data, commitments) for share in shares
    )
    return Entrusted(recipient, parts)


def pack(parts: Iterable[Part]) -> bytes:
    """What is sealed to one seat: its parts by the order of their compartments, as canonical JSON (RFC 8785).

    Malformed when there is none, one twice, or the parts are of different seats.
    """
    ordered = sorted(parts, key=lambda part: part.compartment)
    _check_together(ordered)
    return rfc8785.dumps({"format": FORMAT, "parts": [_plain(part) for part in ordered]})


def unpack(payload: bytes) -> tuple[Part, ...]:
    """The parts that ``pack`` wrote; Malformed for any other bytes. Anybody can seal anything to a seat."""
    parts = _read(payload)
    if pack(parts) != payload:
        raise Malformed(_NOT_PARTS)
    return parts


def restore(parts: Sequence[Part]) -> Identity:
    """The key that a compartment is sealed to, from the parts of enough seats.

    WrongShare names the seats whose part is not what was handed out, or is of another splitting: leave them
    out and ask others. Malformed when there are too few. Tampered when whoever sealed split something else.
    """
    _check_alike(parts)
    first = parts[0]
    wrong = [part.number for part in parts if _share(part).commitment != part.commitments[part.number - 1]]
    if wrong:
        raise WrongShare(wrong)
    seed = combine([_share(part) for part in parts], first.commitments, first.needed)
    identity = Identity.from_seed(seed)
    if str(identity.recipient) != first.recipient:
        raise Tampered(_ANOTHER_KEY)
    return identity


def _check_alike(parts: Sequence[Part]) -> None:
    """Each seat was told the whole splitting. Who was told another than most is named; in a tie, all."""
    if len({part.compartment for part in parts}) != 1:
        raise Malformed(_NOTHING)
    told = Counter(part.split for part in parts).most_common()
    tied = len(told) > 1 and told[0][1] == told[1][1]
    if apart := [part.number for part in parts if tied or part.split != told[0][0]]:
        raise WrongShare(apart)


def _check_together(parts: Sequence[Part]) -> None:
    named = {part.compartment for part in parts}
    if not parts or len(parts) > MOST_PARTS or len(named) < len(parts):
        raise Malformed(_NOT_PARTS)
    if len({part.number for part in parts}) > 1:
        raise Malformed(_NOT_PARTS)


def _share(part: Part) -> Share:
    return Share(part.number, part.share)


def _plain(part: Part) -> dict[str, Any]:
    return {
        "commitments": [one.hex() for one in part.commitments],
        "compartment": part.compartment,
        "needed": part.needed,
        "number": part.number,
        "recipient": part.recipient,
        "share": part.share.hex(),
    }


def _read(payload: bytes) -> tuple[Part, ...]:
    if len(payload) > _LONGEST:
        raise Malformed(_NOT_PARTS)
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError):
        raise Malformed(_NOT_PARTS) from None
    if not isinstance(found, dict) or found.keys() != {"format", "parts"} or found["format"] != FORMAT:
        raise Malformed(_NOT_PARTS)
    if not isinstance(found["parts"], list):
        raise Malformed(_NOT_PARTS)
    return tuple(_part(one) for one in found["parts"])


def _part(plain: object) -> Part:
    if not isinstance(plain, dict) or plain.keys() != _MEMBERS or not isinstance(plain["commitments"], list):
        raise Malformed(_NOT_PARTS)
    return Part(
        compartment=_of(plain, "compartment", str),
        recipient=_of(plain, "recipient", str),
        needed=_of(plain, "needed", int),
        number=_of(plain, "number", int),
        share=_bytes(plain["share"]),
        commitments=tuple(_bytes(one) for one in plain["commitments"]),
    )


def _of(plain: dict[str, Any], name: str, kind: type) -> Any:
    # The exact type: bool is an int to Python, and JSON's true must not pass for seat 1.
    if type(plain[name]) is not kind:
        raise Malformed(_NOT_PARTS)
    return plain[name]


def _bytes(text: object) -> bytes:
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise Malformed(_NOT_PARTS)
    return bytes.fromhex(text)


_NOT_PARTS = sentence("This is not what is handed to a custodian in its one form.")
_NOTHING = sentence("These are not the shares of one compartment.")
_ANOTHER_KEY = sentence("What these shares restore is not the key that this was sealed to.")
