# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a Desk hands along with a request, whether of one case or of many: sealed shares, and what proves it.

Nothing of it is opened here.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from watchword.core.refusals import sentence
from watchword.core.sealing import base64, plain
from watchword.core.sealing.custody import Part
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.shares import Share


@dataclass(frozen=True, slots=True)
class Body:
    """One sealed body that is asked for, and which of the ``entries`` has this seat's share of its key."""

    case: str
    compartment: str
    entry: int
    sha256: str

    @classmethod
    def read(cls, value: object) -> "Body":
        """Malformed for anything else than its members."""
        found = plain.members(value, set(cls.__slots__))
        return cls(
            case=plain.text(found["case"], plain.CASE),
            compartment=plain.text(found["compartment"], plain.CODE),
            entry=plain.number(found["entry"]),
            sha256=plain.text(found["sha256"], plain.HASH),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """What this seat was handed with one sending of a case, as an age file."""

    case: str
    revision: int
    sealed: bytes

    @classmethod
    def read(cls, value: object) -> "Entry":
        """Malformed for anything else than its members."""
        found = plain.members(value, set(cls.__slots__))
        case, revision = plain.text(found["case"], plain.CASE), plain.number(found["revision"])
        return cls(case, revision, plain.data(found["sealed"]))

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {**asdict(self), "sealed": base64.encode(self.sealed)}


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows that the asking is in the ledger, and that the ledger grew from what was kept before.

    ``manifest``: the list of keys that the roots signed; ``entry`` stands at ``index`` in the tree of
    ``checkpoint``; ``growth`` leads there from the tree of ``since`` entries, 0 for from nothing.
    """

    checkpoint: str
    entry: str
    growth: tuple[bytes, ...]
    index: int
    manifest: str
    proof: tuple[bytes, ...]
    since: int

    @classmethod
    def read(cls, value: object) -> "Shown":
        """Malformed for anything else than its members."""
        found = plain.members(value, set(cls.__slots__))
        return cls(
            checkpoint=plain.text(found["checkpoint"]),
            entry=plain.text(found["entry"]),
            growth=plain.hashes(found["growth"]),
            index=plain.number(found["index"]),
            manifest=plain.text(found["manifest"]),
            proof=plain.hashes(found["proof"]),
            since=plain.number(found["since"]),
        )

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON has it."""
        growth, proof = ([one.hex() for one in path] for path in (self.growth, self.proof))
        return {**asdict(self), "growth": growth, "proof": proof}


def check_places(bodies: Sequence[Body], entries: Sequence[Entry], elements: Sequence[str]) -> None:
    """Tampered unless each body is of an element that is asked for, and its share one of its own case."""
    for body in bodies:
        if body.compartment not in elements:
            raise Tampered(OTHER_BODIES)
        if body.entry >= len(entries) or entries[body.entry].case != body.case:
            raise Tampered(ANOTHER_CASE)


def chosen(parts: Sequence[Part], body: Body, number: int) -> Part:
    """This seat's part of one body's key, out of what the seat was handed; Tampered when it is none."""
    for part in parts:
        if part.compartment == body.compartment:
            share = Share(part.number, part.share)
            if part.number == number and share.commitment == part.commitments[number - 1]:
                return part
    raise Tampered(_NO_SHARE)


OVER = sentence("This request has ended. Nothing opens with an answer to it any more.")
OTHER_BODIES = sentence("The file carries something else than what is asked for in it.")
ANOTHER_CASE = sentence("The file carries a share of another case than the one that is asked about.")
_NO_SHARE = sentence("What was sealed to your seat is not your share of what is asked for.")
