# SPDX-License-Identifier: AGPL-3.0-or-later
"""What others may ask of the journal: timelines, counts, the newest checkpoint, the latest entries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.errors import Damaged, LedgerError
from watchword.core.ledger.tiles import CHECKPOINT
from watchword.journal.events import Event
from watchword.journal.models import EntryDetail, PendingEntry

MOST_BEHIND = 100
"""Entries that may wait for the log: some are always on their way."""


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: codes only. ``index`` is None until the entry is in the ledger.

    ``number`` grows from each entry to the next: what came later can be told from what was there.
    """

    event: Event
    actor: str
    at: datetime
    payload: Mapping[str, Any]
    case: str | None
    index: int | None
    number: int


@dataclass(frozen=True)
class Happened:
    """That something was done in a case, when, and its codes."""

    case: str
    at: datetime
    payload: Mapping[str, Any]


def timeline(*cases: str) -> list[Moment]:
    """What was done in one case, or in several told together, oldest first."""
    return _moments(EntryDetail.objects.filter(case__in=cases))


def acts_of(actor: str, events: Iterable[Event]) -> list[Moment]:
    """What one person did in cases, of these events, oldest first."""
    return _moments(EntryDetail.objects.filter(actor=actor, event__in=list(events)).exclude(case=None))


def cases_of_a_day(
    actor: str, events: Iterable[Event], *, since: datetime, but: Iterable[str]
) -> set[tuple[Event, str]]:
    """In which cases one person did what since then, leaving out what served these purposes."""
    done = EntryDetail.objects.filter(actor=actor, at__gte=since, event__in=list(events)).exclude(case=None)
    seen = done.exclude(payload__purpose__in=list(but)).order_by()
    return {(Event(event), case or "") for event, case in seen.values_list("event", "case").distinct()}


def since(event: Event, start: datetime) -> list[Moment]:
    """Every time that this event was recorded since then, oldest first."""
    return _moments(EntryDetail.objects.filter(event=event, at__gte=start))


def acts_of_others(
    cases: Iterable[str], events: Iterable[Event], *, but: str, since: datetime, limit: int
) -> list[Moment]:
    """What everybody else did since then in these cases, of these events, newest first."""
    done = EntryDetail.objects.filter(case__in=list(cases), event__in=list(events), at__gte=since)
    return _moments(done.exclude(actor=but).order_by("-entry")[:limit])


def newest_number(case: str) -> int:
    """The number of the newest moment of a case; 0 when nothing was done in it."""
    newest = EntryDetail.objects.filter(case=case).aggregate(newest=Max("entry"))["newest"]
    return int(newest or 0)


def latest_entries(limit: int) -> list[Moment]:
    """The newest moments of all, newest first."""
    return _moments(EntryDetail.objects.order_by("-entry")[:limit])


def latest_of(event: Event, limit: int) -> list[Moment]:
    """The newest moments of one event, newest first."""
    return _moments(EntryDetail.objects.filter(event=event).order_by("-entry")[:limit])


def moments_of(event: Event, *, until: datetime | None = None) -> Iterator[Happened]:
    """Every time that this event was recorded in a case, oldest first; one by one, for there may be many."""
    details = EntryDetail.objects.filter(event=event).exclude(case=None)
    if until is not None:
        details = details.filter(at__lt=until)
    for case, at, payload in details.order_by("entry").values_list("case", "at", "payload").iterator():
        yield Happened(case or "", at, payload)


def last_moments(event: Event, *, since: datetime, until: datetime) -> dict[str, datetime]:
    """For each case, when this event was last recorded in it, from ``since`` to before ``until``."""
    details = EntryDetail.objects.filter(event=event, at__gte=since, at__lt=until).exclude(case=None)
    rows = details.order_by().values_list("case").annotate(Max("at"))
    return {case: at for case, at in rows if case}


def counts(case: str | None = None) -> dict[Event, int]:
    """How often each event was recorded, in one case or in all."""
    details = EntryDetail.objects.all() if case is None else EntryDetail.objects.filter(case=case)
    rows = details.order_by().values_list("event").annotate(Count("pk"))
    return {Event(event): number for event, number in rows}


@dataclass(frozen=True)
class LogState:
    """Whether the log's checkpoint can be read, ends before what the database saw in it, or is far behind."""

    readable: bool
    shortened: bool
    behind: bool


def log_state() -> LogState:
    """How the log on the disk stands beside what this database promised."""
    placed, waiting = progress()
    behind = waiting > MOST_BEHIND
    try:
        size = latest_checkpoint().head.size
    except LedgerError:
        return LogState(readable=False, shortened=False, behind=behind)
    return LogState(readable=True, shortened=size < placed, behind=behind)


def progress() -> tuple[int, int]:
    """How many entries this database knows to be in the log, and how many wait for it."""
    newest: int | None = PendingEntry.objects.aggregate(newest=Max("leaf_index"))["newest"]
    return (0 if newest is None else newest + 1), PendingEntry.objects.filter(leaf_index=None).count()


def latest_checkpoint() -> SignedCheckpoint:
    """The checkpoint that the log directory publishes now; Damaged when there is none."""
    path = ledger_directory() / CHECKPOINT
    try:
        return SignedCheckpoint.parse(path.read_bytes())
    except OSError:
        raise Damaged("there is no ledger here: its checkpoint cannot be read") from None


def ledger_directory() -> Path:
    """Where the tile log lies; everything in it but .state may be given to anyone."""
    return Path(settings.WATCHWORD_LEDGER_DIR)


def _moments(details: QuerySet[EntryDetail]) -> list[Moment]:
    """Without the entries themselves: what is signed and placed is long, and no page shows it."""
    rows = details.values_list("event", "actor", "at", "payload", "case", "entry__leaf_index", "entry_id")
    return [Moment(Event(event), *others) for event, *others in rows]
