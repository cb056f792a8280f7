# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who opened an invented case: asked of the ledger when an auditor's home is drawn, and kept nowhere.

So nothing on the way of whoever opens differs from any other opening, and no row says which case it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission
from watchword.cases import selectors as cases
from watchword.core.procedure import Text
from watchword.core.procedure.quotas import REASONS
from watchword.core.refusals import Refused, Sentence
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.journal.selectors import Moment
from watchword.oversight.book import Book
from watchword.oversight.exposure import UNREAD, how_of
from watchword.oversight.selectors.book import the_book
from watchword.oversight.selectors.exposure import title_of
from watchword.vault import selectors as vault

ALARMING = frozenset({Event.COMPARTMENT_OPEN, Event.IDENTITY_OPEN, Event.EXPORT_TAKE})
ANEW = timedelta(days=30)

Span = tuple[int, int | None]
"""From one index of the log to before another; with no end also what has no index yet."""


@dataclass(frozen=True)
class Alarm:
    """What one person opened of one invented case since somebody last looked. ``keeps``: they keep it."""

    name: str
    code: str
    keeps: bool
    compartments: Sequence[Text | Sentence | str]
    purposes: Sequence[str]
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Marked:
    """An invented case. ``erased``: nothing is left to open, so nothing will alarm."""

    code: str
    erased: bool


@dataclass(frozen=True)
class Look:
    """That somebody looked."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Begun:
    """That somebody began the book anew: what was marked before is not watched any more."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Watch:
    """What the home page says. ``waits``: a second look is needed. ``fault``: why nothing is watched."""

    alarms: Sequence[Alarm] = ()
    waits: bool = False
    fault: Sentence | None = None
    begun: Sequence[Begun] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.alarms or self.waits or self.fault or self.begun)


@dataclass(frozen=True)
class HoneyPage:
    """The auditors' page. ``upto``: how long the log was when it was drawn. ``before``: looked at already."""

    alarms: Sequence[Alarm]
    before: Sequence[Alarm]
    marked: Sequence[Marked]
    waits: bool
    looks: Sequence[Look]
    upto: int
    fault: Sentence | None = None


def watch(*, viewer: Actor, now: datetime) -> Watch:
    """What auditors must see at once, and whether an administrator is waited for; to all others nothing."""
    if not (viewer.has(Permission.HONEY_WATCH) or viewer.has(Permission.HONEY_SECOND)):
        return Watch()
    begun = _begun_anew(now)
    try:
        book = the_book()
    except Refused as refused:
        return Watch(fault=refused.reason, begun=begun)
    alarms = alarms_of(book) if viewer.has(Permission.HONEY_WATCH) else ()
    return Watch(alarms, viewer.has(Permission.HONEY_SECOND) and book.asked is not None, begun=begun)


def honey_page() -> HoneyPage:
    """The auditors' page; whoever shows it has asked for the permission."""
    size, _ = journal.progress()
    try:
        book = the_book()
    except Refused as refused:
        return HoneyPage((), (), (), waits=False, looks=(), upto=size, fault=refused.reason)
    return HoneyPage(
        alarms=alarms_of(book),
        before=looked_at(book),
        marked=_marked(book),
        waits=book.asked is not None,
        looks=looks_of(book),
        upto=size,
    )


def looks_of(book: Book) -> list[Look]:
    """Who looked when, newest first."""
    names = accounts.names(one.by for one in book.looks)
    return [Look(names.get(one.by, ""), datetime.fromisoformat(one.at)) for one in reversed(book.looks)]


def alarms_of(book: Book) -> list[Alarm]:
    """What was opened of the cases in the book since it was looked at, by whom, newest first."""
    return _alarms({one.case: (max(one.since, book.seen_to), None) for one in book.invented})


def looked_at(book: Book) -> list[Alarm]:
    """The same of what somebody has looked at: so no auditor takes anything from the eyes of another."""
    return _alarms({one.case: (one.since, book.seen_to) for one in book.invented})


def _alarms(spans: Mapping[str, Span]) -> list[Alarm]:
    found: dict[tuple[str, str], list[Moment]] = defaultdict(list)
    for one in journal.timeline(*spans):
        if one.event in ALARMING and _is_read(one) and _falls(one, *spans[one.case or ""]):
            found[one.actor, one.case or ""].append(one)
    known, staff = cases.named(spans), accounts.names({actor for actor, _ in found})
    rows = [
        Alarm(
            name=staff.get(actor, ""),
            code=known[case].code,
            keeps=known[case].keeper == actor,
            compartments=[title_of(one) for one in _each(those, "compartment")],
            purposes=_each(those, "purpose"),
            # Pieces that were opened within a minute are one time, as everywhere.
            times=len({one.at for one in those}),
            first=those[0].at,
            last=those[-1].at,
        )
        for (actor, case), those in found.items()
    ]
    return sorted(rows, key=lambda row: row.last, reverse=True)


def _falls(moment: Moment, start: int, end: int | None) -> bool:
    """By the index and not by the number: what is committed late has a small number and a large index."""
    if moment.index is None:
        return end is None
    return start <= moment.index and (end is None or moment.index < end)


def _is_read(moment: Moment) -> bool:
    """Opened for somebody's eyes. Why somebody read beyond what is usual, auditors read by their office."""
    compartment = str(moment.payload.get("compartment", ""))
    how = how_of(moment.event, compartment=compartment, purpose=str(moment.payload.get("purpose", "")))
    return how not in UNREAD and compartment != REASONS


def _each(moments: Iterable[Moment], what: str) -> list[str]:
    return sorted({str(one.payload[what]) for one in moments if what in one.payload})


def _marked(book: Book) -> list[Marked]:
    known = cases.named(one.case for one in book.invented)
    kept = vault.kept_in(known)
    return sorted((Marked(one.code, uid not in kept) for uid, one in known.items()), key=lambda one: one.code)


def _begun_anew(now: datetime) -> list[Begun]:
    moments = [one for one in journal.since(Event.WATCH_WRITE, now - ANEW) if one.payload.get("anew")]
    names = accounts.names({one.actor for one in moments})
    return [Begun(names.get(one.actor, ""), one.at) for one in moments]
