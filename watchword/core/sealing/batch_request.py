# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file in which a Desk hands a batch, many cases for a program, to a seat whose key it never had.

It is made like the file of one request (``request.py``), but for two things. There is no reason in words: the
program is named, and does one thing. And shares may be missing: one sending that is not whole must not keep
this seat from answering for all others, and of its body another custodian gives one.
"""

from dataclasses import asdict, dataclass

from watchword.core.sealing import base64, plain
from watchword.core.sealing.asked_batch import AskedBatch
from watchword.core.sealing.errors import Tampered
from watchword.core.sealing.handed import OTHER_BODIES, OVER, Body, Entry, Shown, check_places

WHAT = "batch"
_MEMBERS = {"asked", "bodies", "entries", "ledger", "seat", "told", "words"}


@dataclass(frozen=True, slots=True)
class SealedRefusal:
    """Why somebody refused, as an age file, and the hash of these words; they are about no case."""

    by: str
    hash: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class ToldOfBatch:
    """What the Desk says in words, so that a person can picture it; no proof stands behind any of it."""

    before: tuple[str, ...]
    who: str


@dataclass(frozen=True, slots=True)
class SeatBatch:
    """The whole file. ``words``: refusals of this batch, and of what the same person asked for before."""

    asked: AskedBatch
    bodies: tuple[Body, ...]
    entries: tuple[Entry, ...]
    ledger: Shown
    seat: str
    told: ToldOfBatch
    words: tuple[SealedRefusal, ...]


def pack(batch: SeatBatch) -> bytes:
    """The bytes of the file."""
    members = {
        "asked": batch.asked.plain,
        "bodies": [asdict(one) for one in batch.bodies],
        "entries": [one.plain for one in batch.entries],
        "ledger": batch.ledger.plain,
        "seat": batch.seat,
        "told": asdict(batch.told),
        "words": [{**asdict(one), "sealed": base64.encode(one.sealed)} for one in batch.words],
    }
    return plain.write(WHAT, members)


def unpack(raw: bytes) -> SeatBatch:
    """The batch in these bytes; Malformed unless ``pack`` would write the same."""
    found = plain.read(raw, WHAT, _MEMBERS)
    told = plain.members(found["told"], set(ToldOfBatch.__slots__))
    before = tuple(plain.text(one) for one in plain.row(told["before"]))
    return SeatBatch(
        asked=AskedBatch.read(found["asked"]),
        bodies=tuple(Body.read(one) for one in plain.row(found["bodies"], least=1)),
        entries=tuple(Entry.read(one) for one in plain.row(found["entries"], least=1)),
        ledger=Shown.read(found["ledger"]),
        seat=plain.text(found["seat"], plain.CODE),
        told=ToldOfBatch(before, plain.text(told["who"])),
        words=tuple(_refusal(one) for one in plain.row(found["words"])),
    )


def check(batch: SeatBatch, now: int) -> None:
    """Tampered unless the parts of the file belong together: nothing is handed along that was not asked for.

    ``now``: seconds since 1970. An answer names its parts by the hashes of the bodies: so none stands twice.
    """
    if now >= batch.asked.until:
        raise Tampered(OVER)
    if len({one.sha256 for one in batch.bodies}) < len(batch.bodies):
        raise Tampered(OTHER_BODIES)
    if not {f"{one.case}/{one.sha256}" for one in batch.bodies} <= set(batch.asked.records):
        raise Tampered(OTHER_BODIES)
    check_places(batch.bodies, batch.entries, batch.asked.elements)


def _refusal(value: object) -> SealedRefusal:
    found = plain.members(value, set(SealedRefusal.__slots__))
    return SealedRefusal(
        by=plain.text(found["by"]),
        hash=plain.text(found["hash"], plain.HASH),
        sealed=plain.data(found["sealed"]),
    )
