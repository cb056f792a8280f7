# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list of cases can be narrowed to, all of it known without opening anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from watchword.accounts.rules import Actor
from watchword.cases.models import Call, Case
from watchword.cases.selectors.alike import folded
from watchword.cases.selectors.open_letters import OPEN_QUESTION, UNREAD, having_letters
from watchword.cases.selectors.turns import TURNS
from watchword.cases.selectors.visibility import leading_cases, procedures, under_each
from watchword.core.procedure import APPLICANT, Profile, Stage

MINE, NOBODY = "me", "nobody"
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Choice:
    """One choice from the list; a field that is empty or False narrows nothing.

    ``keeper``: MINE, NOBODY or a pseudonym. ``clock``: a key of CLOCKS, ``flag`` of FLAGS, ``turn`` of TURNS.
    """

    stage: str = ""
    keeper: str = ""
    clock: str = ""
    flag: str = ""
    turn: str = ""
    unread: bool = False
    closed: bool = False


EVERYTHING = Choice()


CLOCKS: Mapping[str, Callable[[Profile, date], Q]] = {
    "over": lambda profile, today: _due(profile, today - timedelta(days=1)),
    "soon": lambda profile, today: _due(profile, today + SOON),
    "time": lambda profile, today: ~_due(profile, today + SOON),
    "applicant": lambda profile, _: _in(profile, lambda stage: stage.clock_holder == APPLICANT),
}
FLAGS: Mapping[str, Callable[[], Q]] = {
    "danger": lambda: Q(danger_declared=True),
    "question": lambda: having_letters(OPEN_QUESTION),
    "call": lambda: Q(pk__in=Call.objects.filter(answered_at=None).values("case")),
}


def chosen_cases(viewer: Actor, choice: Choice, *, today: date) -> QuerySet[Case]:
    """The cases that this person may know of, as chosen; alike ones behind the first of them."""
    cases = leading_cases(viewer).filter(closed_at__isnull=not choice.closed)
    if choice.stage:
        cases = cases.filter(stage=choice.stage)
    if choice.keeper:
        cases = cases.filter(keeper=_keeper(choice.keeper, viewer))
    if choice.clock in CLOCKS:
        cases = cases.filter(on_clock(choice.clock, today))
    if choice.flag in FLAGS:
        cases = cases.filter(FLAGS[choice.flag]())
    if choice.turn in TURNS:
        cases = cases.filter(TURNS[choice.turn](viewer))
    if choice.unread:
        cases = cases.filter(having_letters(UNREAD))
    return cases if choice.closed else folded(cases, viewer=viewer)


def on_clock(clock: str, today: date) -> Q:
    """The cases whose clock stands so, by a key of CLOCKS."""
    return under_each(procedures(), lambda profile: CLOCKS[clock](profile, today))


def _keeper(asked: str, viewer: Actor) -> str | None:
    return {MINE: viewer.id, NOBODY: None}.get(asked, asked)


def _due(profile: Profile, day: date) -> Q:
    """A clock counts whole days from the day on which the stage began."""
    found = Q(pk__in=[])
    for stage in profile.stages:
        if stage.clock_days is not None:
            began = day - timedelta(days=stage.clock_days - 1)
            found |= Q(stage=stage.id, stage_since__lt=datetime.combine(began, time(), tzinfo=UTC))
    return found


def _in(profile: Profile, wanted: Callable[[Stage], bool]) -> Q:
    return Q(stage__in=[stage.id for stage in profile.stages if wanted(stage)])
