# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file in which a Desk hands one request to the holder of a seat whose key it never had.

In it is what is agreed to, this seat's sealed shares, the sealed reason, and what shows that the asking is in
the ledger. Nothing in it is opened here, and of what the Desk merely ``told`` nothing is proven.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from watchword.core.refusals import sentence
from watchword.core.sealing import base64, plain
from watchword.core.sealing.asked import Asked
from watchword.core.sealing.custody import Part
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.shares import Share

WHAT = "request"
_MEMBERS = {"asked", "bodies", "entries", "ledger", "seat", "told", "words"}


@dataclass(frozen=True, slots=True)
class Body:
    """One sealed body that is asked for, and which of the ``entries`` has this seat's share of its key."""

    case: str
    compartment: str
    entry: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What this seat was handed with one sending of a case, as an age file."""

    case: str
    revision: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class SealedWords:
    """Words as an age file, and their hash; ``by``: who refused with them, nobody for the reason itself."""

    by: str
    hash: str
    revision: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What the Desk says in words, so that a person can picture it; no proof stands behind any of it."""

    before: tuple[str, ...]
    check: str
    code: str
    who: str


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


@dataclass(frozen=True, slots=True)
class SeatRequest:
    """The whole file. The first of ``words`` is the reason; the others are refusals."""

    asked: Asked
    bodies: tuple[Body, ...]
    entries: tuple[Entry, ...]
    ledger: Shown
    seat: str
    told: Told
    words: tuple[SealedWords, ...]


def pack(request: SeatRequest) -> bytes:
    """The bytes of the file."""
    members = {
        "asked": request.asked.plain,
        "bodies": [asdict(one) for one in request.bodies],
        "entries": [_with_text(one) for one in request.entries],
        "ledger": {
            **asdict(request.ledger),
            "growth": [one.hex() for one in request.ledger.growth],
            "proof": [one.hex() for one in request.ledger.proof],
        },
        "seat": request.seat,
        "told": asdict(request.told),
        "words": [_with_text(one) for one in request.words],
    }
    return plain.write(WHAT, members)


def unpack(raw: bytes) -> SeatRequest:
    """The request in these bytes; Malformed unless ``pack`` would write the same."""
    found = plain.read(raw, WHAT, _MEMBERS)
    return SeatRequest(
        asked=Asked.read(found["asked"]),
        bodies=tuple(_body(one) for one in plain.row(found["bodies"], least=1)),
        entries=tuple(_entry(one) for one in plain.row(found["entries"], least=1)),
        ledger=_shown(found["ledger"]),
        seat=plain.text(found["seat"], plain.CODE),
        told=_told(found["told"]),
        words=tuple(_words(one) for one in plain.row(found["words"], least=1)),
    )


def check(request: SeatRequest, now: int) -> None:
    """Tampered unless the parts of the file belong together: nothing is handed along that was not asked for.

    ``now``: seconds since 1970.
    """
    asked = request.asked
    if now >= asked.until:
        raise Tampered(_OVER)
    if sorted(one.sha256 for one in request.bodies) != list(asked.records):
        raise Tampered(_OTHER_BODIES)
    for body in request.bodies:
        if body.compartment not in asked.elements:
            raise Tampered(_OTHER_BODIES)
        if body.entry >= len(request.entries) or body.case != asked.case:
            raise Tampered(_ANOTHER_CASE)
    if any(entry.case != asked.case for entry in request.entries):
        raise Tampered(_ANOTHER_CASE)
    if request.words[0].hash != asked.words:
        raise Tampered(_OTHER_WORDS)


def chosen(parts: Sequence[Part], body: Body, number: int) -> Part:
    """This seat's part of one body's key, out of what the seat was handed; Tampered when it is none."""
    for part in parts:
        if part.compartment == body.compartment:
            share = Share(part.number, part.share)
            if part.number == number and share.commitment == part.commitments[number - 1]:
                return part
    raise Tampered(_NO_SHARE)


def _with_text(one: Entry | SealedWords) -> dict[str, Any]:
    return {**asdict(one), "sealed": base64.encode(one.sealed)}


def _body(value: object) -> Body:
    found = plain.members(value, set(Body.__slots__))
    return Body(
        case=plain.text(found["case"], plain.CASE),
        compartment=plain.text(found["compartment"], plain.CODE),
        entry=plain.number(found["entry"]),
        sha256=plain.text(found["sha256"], plain.HASH),
    )


def _entry(value: object) -> Entry:
    found = plain.members(value, set(Entry.__slots__))
    return Entry(
        plain.text(found["case"], plain.CASE), plain.number(found["revision"]), plain.data(found["sealed"])
    )


def _words(value: object) -> SealedWords:
    found = plain.members(value, set(SealedWords.__slots__))
    return SealedWords(
        by=plain.text(found["by"]),
        hash=plain.text(found["hash"], plain.HASH),
        revision=plain.number(found["revision"]),
        sealed=plain.data(found["sealed"]),
    )


def _told(value: object) -> Told:
    found = plain.members(value, set(Told.__slots__))
    before = tuple(plain.text(one) for one in plain.row(found["before"]))
    return Told(before, plain.text(found["check"]), plain.text(found["code"]), plain.text(found["who"]))


def _shown(value: object) -> Shown:
    found = plain.members(value, set(Shown.__slots__))
    return Shown(
        checkpoint=plain.text(found["checkpoint"]),
        entry=plain.text(found["entry"]),
        growth=plain.hashes(found["growth"]),
        index=plain.number(found["index"]),
        manifest=plain.text(found["manifest"]),
        proof=plain.hashes(found["proof"]),
        since=plain.number(found["since"]),
    )


_OVER = sentence("This request has ended. Nothing opens with an answer to it any more.")
_OTHER_BODIES = sentence("The file carries something else than what is asked for in it.")
_ANOTHER_CASE = sentence("The file carries a share of another case than the one that is asked about.")
_OTHER_WORDS = sentence("The reason in the file is not the one that was signed with the request.")
_NO_SHARE = sentence("What was sealed to your seat is not your share of what is asked for.")
