# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes and days of all cases, for counting alone: whoever shows a count hides the small ones first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from watchword.cases.models import Case
from watchword.journal import selectors as journal
from watchword.journal.events import Event


@dataclass(frozen=True)
class Standing:
    """One open case, without its code: where it stands, since when, and who keeps it."""

    stage: str
    since: date
    keeper: str


@dataclass(frozen=True)
class Passage:
    """One stage through which one case went; ``case`` tells cases apart and is never shown."""

    case: str
    stage: str
    days: int


def open_standings() -> list[Standing]:
    """Every open case."""
    rows = Case.objects.filter(closed_at=None).values_list("stage", "stage_since", "keeper")
    return [Standing(stage, since.date(), keeper or "") for stage, since, keeper in rows.iterator()]


def ended_from() -> list[str]:
    """For each closed case, the stage out of which it ended."""
    closed = set(Case.objects.exclude(closed_at=None).values_list("pk", flat=True))
    left: dict[str, str] = {}
    for moment in journal.moments_of(Event.CASE_STAGE):
        if moment.case in closed:
            left[moment.case] = moment.payload["from"]
    return list(left.values())


def passages(*, since: datetime, until: datetime) -> Iterator[Passage]:
    """The stages that cases left between these two moments, of cases whose record still stands."""
    begun: dict[str, datetime] = {}
    opened = journal.moments_of(Event.CASE_OPEN, until=until)
    begun.update({moment.case: moment.at for moment in opened if moment.case})
    for moment in journal.moments_of(Event.CASE_STAGE, until=until):
        if moment.case in begun:
            if moment.at >= since:
                yield Passage(moment.case, moment.payload["from"], (moment.at - begun[moment.case]).days)
            begun[moment.case] = moment.at
