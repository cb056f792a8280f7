# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a board is asked to do and what a member answers, each with one canonical form that can be hashed."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from watchword.core.ledger import canonical
from watchword.core.ledger.errors import Malformed
from watchword.core.refusals import WrongState, sentence
from watchword.decisions.grounds import Ground

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
SPOKEN_BYTES = 16


class Choice(StrEnum):
    """A member's answer to the proposal."""

    AGREE = "agree"
    DISAGREE = "disagree"


@dataclass(frozen=True)
class Action:
    """The whole of what is voted on and countersigned. ``until``: the day of review, or of a deferral's end.

    ``salt`` (hex) keeps the public hash from being guessed: without it a reader of the ledger could try
    every outcome with the usual phrases until one fits.
    """

    case: str
    round: int
    outcome: str
    grounds: tuple[Ground, ...]
    open_reasons: str
    closed_reasons: str
    conditions: str
    until: date | None
    salt: str

    def encode(self) -> bytes:
        """The canonical JSON of this action."""
        written = asdict(self) | {"until": self.until.isoformat() if self.until else None}
        return canonical.encode(written)

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical form, 64 hex digits: this is what everybody signs."""
        return hashlib.sha256(self.encode()).hexdigest()


@dataclass(frozen=True)
class Ballot:
    """One member's vote; ``action`` and ``voter`` bind it, so that it counts for nothing and nobody else."""

    action: str
    voter: str
    choice: Choice
    reason: str
    dissent: str

    def encode(self) -> bytes:
        """The canonical JSON of this ballot."""
        return canonical.encode(asdict(self))


def decode_action(data: bytes) -> Action:
    """The action whose canonical form is exactly ``data``; WrongState for any other bytes."""
    try:
        written = _object(data)
        grounds = tuple(Ground(**ground) for ground in written["grounds"])
        until = None if written["until"] is None else date.fromisoformat(written["until"])
        action = Action(**{**written, "grounds": grounds, "until": until})
        same = _is_typed(action) and all(map(_is_typed, grounds)) and action.encode() == data
    except (KeyError, TypeError, ValueError, AttributeError, Malformed):
        same = False
    if not same:
        raise WrongState(sentence("The sealed proposal is damaged: it is not what was written."))
    return action


def decode_ballot(data: bytes) -> Ballot:
    """The ballot whose canonical form is exactly ``data``; WrongState for any other bytes."""
    try:
        written = _object(data)
        ballot = Ballot(**{**written, "choice": Choice(written["choice"])})
        same = _is_typed(ballot) and ballot.encode() == data
    except (KeyError, TypeError, ValueError, Malformed):
        same = False
    if not same:
        raise WrongState(sentence("A sealed vote is damaged: it is not what was written."))
    return ballot


def spoken(action_hash: str) -> tuple[str, ...]:
    """The first 128 bits of a hash as eight words of five letters, to read aloud or compare by eye.

    Every word spells 16 bits, consonant and vowel in turn (4 + 2 + 4 + 2 + 4).
    """
    data = bytes.fromhex(action_hash)[:SPOKEN_BYTES]
    return tuple(_word(int.from_bytes(data[at : at + 2])) for at in range(0, len(data), 2))


def _word(bits: int) -> str:
    letters = [CONSONANTS[bits & 15]]
    bits >>= 4
    for _ in range(2):
        letters += [VOWELS[bits & 3], CONSONANTS[bits >> 2 & 15]]
        bits >>= 6
    return "".join(reversed(letters))


def _is_typed(value: Action | Ballot | Ground) -> bool:
    """Whether every plain field holds exactly its type: JSON would carry a number where a word belongs."""
    return all(type(getattr(value, one.name)) is one.type for one in fields(value) if one.type in (str, int))


def _object(data: bytes) -> dict[str, Any]:
    written = json.loads(data)
    if not isinstance(written, dict):
        raise TypeError
    return written
