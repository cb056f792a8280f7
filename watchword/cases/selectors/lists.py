# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of cases, ordered by declared danger and time and by nothing else: nobody is ranked (law 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.models import Case
from watchword.cases.selectors.alike import Alike, alike_of, folded
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import leading_cases, visible_cases
from watchword.core.procedure import Text

ORDER = ("-danger_declared", "received", "code")
"""The whole order of every list of cases. A column that measures a person must never join it."""

PER_PAGE = 50


@dataclass(frozen=True)
class CaseRow:
    """One line of the list. ``alike``: the group of applications that this line stands for, or belongs to."""

    code: str
    stage: Text
    stage_id: str
    since: datetime
    due: date | None
    clock_holder: str
    keeper: str
    danger: bool
    closed: bool
    questions: int
    unread: int
    alike: Alike | None = None


def case_list(
    *, viewer: Actor, stage: str | None = None, mine: bool = False, closed: bool = False
) -> list[CaseRow]:
    """The cases this person may know of; on request only one stage, only those kept, or the closed ones."""
    return _rows(_chosen(viewer, stage, mine, closed), viewer)


def case_list_page(
    *, viewer: Actor, number: int, stage: str | None = None, mine: bool = False, closed: bool = False
) -> Page[CaseRow]:
    """One page of ``case_list``; the nearest one there is when ``number`` is beyond the end."""
    shown = Paginator(_chosen(viewer, stage, mine, closed), PER_PAGE).get_page(number)
    # The paginator counts cases; a page of rows asks it for nothing but numbers.
    return Page(_rows(shown.object_list, viewer), shown.number, cast("Paginator[CaseRow]", shown.paginator))


def _chosen(viewer: Actor, stage: str | None, mine: bool, closed: bool) -> QuerySet[Case]:
    cases = leading_cases(viewer).filter(closed_at__isnull=not closed)
    if stage:
        cases = cases.filter(stage=stage)
    if mine:
        cases = cases.filter(keeper=viewer.id)
    if not closed:
        cases = folded(cases, viewer=viewer)
    return cases.order_by(*ORDER).prefetch_related("letters")


def _rows(cases: Iterable[Case], viewer: Actor) -> list[CaseRow]:
    found = list(cases)
    keepers = names({case.keeper_id for case in found if case.keeper_id})
    alike = alike_of(found, viewer=viewer)
    return [_row(case, keepers, alike.get(case.pk)) for case in found]


def stages_in_list(*, viewer: Actor) -> list[tuple[str, Text]]:
    """The stages that this person's open cases stand in, in the order of the procedure."""
    found: dict[str, Text] = {}
    profiles = {profile_of(case) for case in visible_cases(viewer).filter(closed_at=None)}
    here = set(visible_cases(viewer).filter(closed_at=None).values_list("stage", flat=True))
    for profile in profiles:
        found |= {stage.id: stage.title for stage in profile.stages if stage.id in here}
    return list(found.items())


def _row(case: Case, keepers: dict[str, str], alike: Alike | None) -> CaseRow:
    stage = profile_of(case).stage(case.stage)
    letters = list(case.letters.all())
    return CaseRow(
        code=case.code,
        stage=stage.title,
        stage_id=stage.id,
        since=case.stage_since,
        due=stage.deadline(case.stage_since.date()),
        clock_holder=stage.clock_holder,
        keeper=keepers.get(case.keeper_id or "", ""),
        danger=case.danger_declared,
        closed=case.closed_at is not None,
        questions=sum(letter.needs_answer and letter.answered_at is None for letter in letters),
        unread=sum(letter.direction == "in" and letter.read_at is None for letter in letters),
        alike=alike,
    )
