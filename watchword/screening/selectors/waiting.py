# SPDX-License-Identifier: AGPL-3.0-or-later
"""What screening waits for from one person, for the home page; ordered by time alone (law 6)."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice

from django.urls import reverse

from watchword.accounts.rules import Actor, Permission
from watchword.cases import selectors as cases
from watchword.cases.selectors import FEW, Waiting, Waits
from watchword.core.refusals import sentence
from watchword.custody import selectors as custody
from watchword.screening.rules import RUN, STEPS, Step
from watchword.screening.selectors.matter import Matter, matters

AT_ONCE = 200
"""How many cases are read at a time: the first of them nearly always have enough to do."""

OTHERS = sentence("cases that wait for screening")


def waiting_for(viewer: Actor, *, now: datetime) -> Waits:
    """The first cases to compare, hits to judge, and judgements that wait for a second person."""
    if not viewer.has(Permission.SCREENING_RUN):
        return Waits()
    asked = custody.cases_asked_for(RUN, now)
    found = [_row(one) for one in islice(_for(viewer, asked), FEW + 1)]
    return Waits(tuple(found[:FEW]), None if found[FEW:] else 0, OTHERS, reverse("screening:queue"))


def _for(viewer: Actor, asked: Collection[str]) -> Iterator[Matter]:
    seen = cases.visible_cases(viewer).filter(closed_at=None).order_by("stage_since", "code")
    keys = list(seen.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = seen.filter(pk__in=keys[start : start + AT_ONCE])
        yield from (one for one in matters(some) if _is_for(one, viewer, asked))


def _is_for(one: Matter, viewer: Actor, asked: Collection[str]) -> bool:
    """Whoever judged first is not the second person of that hit; what is in a run waits for custodians."""
    if one.step is Step.SECOND:
        waiting = [hit for hit in one.progress.hits if hit.waits_for_second(one.standing.ties)]
        return any(hit.judged_by != viewer.id for hit in waiting)
    if one.step in (Step.COMPARE, Step.CATCH_UP):
        return one.uid not in asked
    return one.step not in (Step.LODGE, Step.NOTHING)


def _row(one: Matter) -> Waiting:
    stage = one.profile.stage(one.stage)
    address = reverse("screening:case", args=[one.code])
    return Waiting(
        one.code, stage.title, STEPS[one.step], one.since, stage.deadline(one.since.date()), address
    )
