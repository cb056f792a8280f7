# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file in which a Desk hands one request to the holder of a seat whose key it never had.

In it is what is agreed to, this seat's sealed shares, the sealed reason, and what shows that the asking is in
the ledger. Nothing in it is opened here, and of what the Desk merely ``told`` nothing is proven.
"""

from dataclasses import asdict, dataclass
from typing import Any

from watchword.core.refusals import sentence
from watchword.core.sealing import base64, plain
from watchword.core.sealing.asked import Asked
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.handed import ANOTHER_CASE, OTHER_BODIES, OVER, Body, Entry, Shown, check_places

WHAT = "request"
_MEMBERS = {"asked", "bodies", "entries", "ledger", "seat", "told", "words"}


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
        "entries": [one.plain for one in request.entries],
        "ledger": request.ledger.plain,
        "seat": request.seat,
        "told": asdict(request.told),
        "words": [{**asdict(one), "sealed": base64.encode(one.sealed)} for one in request.words],
    }
    return plain.write(WHAT, members)


def unpack(raw: bytes) -> SeatRequest:
    """The request in these bytes; Malformed unless ``pack`` would write the same."""
    found = plain.read(raw, WHAT, _MEMBERS)
    return SeatRequest(
        asked=Asked.read(found["asked"]),
        bodies=tuple(Body.read(one) for one in plain.row(found["bodies"], least=1)),
        entries=tuple(Entry.read(one) for one in plain.row(found["entries"], least=1)),
        ledger=Shown.read(found["ledger"]),
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
        raise Tampered(OVER)
    if sorted(one.sha256 for one in request.bodies) != list(asked.records):
        raise Tampered(OTHER_BODIES)
    check_places(request.bodies, request.entries, asked.elements)
    cases = {one.case for one in request.bodies} | {one.case for one in request.entries}
    if cases != {asked.case}:
        raise Tampered(ANOTHER_CASE)
    if request.words[0].hash != asked.words:
        raise Tampered(_OTHER_WORDS)


def _words(value: object) -> SealedWords:
    found = plain.members(value, set(SealedWords.__slots__))
    return SealedWords(
        by=plain.text(found["by"]),
        hash=plain.text(found["hash"], plain.HASH),
        revision=plain.number(found["revision"]),
        sealed=plain.data(found["sealed"]),
    )


def _told(value: object) -> Told:
    found: dict[str, Any] = plain.members(value, set(Told.__slots__))
    before = tuple(plain.text(one) for one in plain.row(found["before"]))
    return Told(before, plain.text(found["check"]), plain.text(found["code"]), plain.text(found["who"]))


_OTHER_WORDS = sentence("The reason in the file is not the one that was signed with the request.")
