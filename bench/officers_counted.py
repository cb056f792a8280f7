# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the database and the ledger hold after many officers worked at once, beside what they were told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bench.officers_at_work import Tally

if TYPE_CHECKING:
    from watchword.journal.events import Event


def counted() -> "dict[Event, int]":
    """How often each act is in the ledger."""
    from watchword.journal.selectors import counts

    return counts()


def lost(tally: Tally, before: "Mapping[Event, int]") -> list[str]:
    """A line for everything that is not there exactly as often as it was acknowledged."""
    from watchword.cases.models import Case, Note, Offer, Task
    from watchword.journal import selectors as journal
    from watchword.journal.events import Event
    from watchword.journal.services import integrate

    integrate(datetime.now(UTC))
    now = counted()
    told = {
        Event.TASK_SET: (tally.tasks, Task.objects.count()),
        Event.NOTE_WRITE: (tally.notes, Note.objects.count()),
        Event.CASE_OFFER: (tally.offers, Offer.objects.count()),
        Event.CASE_OFFER_END: (tally.accepted, Offer.objects.exclude(outcome="").count()),
    }
    wrong = [
        f"{event.value}: {acknowledged} acknowledged, {stored} stored, {written} in the ledger"
        for event, (acknowledged, stored) in told.items()
        if not acknowledged == stored == (written := now.get(event, 0) - before.get(event, 0))
    ]
    kept = now.get(Event.CASE_KEEPER, 0) - before.get(Event.CASE_KEEPER, 0)
    if kept != tally.taken + tally.accepted:
        wrong.append(f"{tally.taken + tally.accepted} new keepers acknowledged, {kept} in the ledger")
    if waiting := journal.progress()[1]:
        wrong.append(f"{waiting} entries do not get into the log")
    there = dict(Case.objects.filter(code__in=tally.kept).values_list("code", "keeper"))
    wrong += [f"{code} is kept by another" for code, keeper in tally.kept.items() if there[code] != keeper]
    print(
        f"  {tally.tasks} tasks, {tally.notes} notes, {tally.offers} offers, {tally.accepted} accepted,"
        f" {tally.taken} cases taken that everybody wanted"
    )
    return wrong
