# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of cases, ordered by declared danger and time and by nothing else: nobody is ranked (law 6)."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from watchword.accounts.rules import Actor
from watchword.cases.models import Letter
from watchword.cases.selectors.alike import Alike, alike_among
from watchword.cases.selectors.choosing import EVERYTHING, Choice, chosen_cases
from watchword.cases.selectors.open_letters import OPEN_QUESTION, UNREAD
from watchword.cases.selectors.visibility import procedures
from watchword.core.procedure import Text
from watchword.profiles import load

ORDER = ("-danger_declared", "received", "code")
"""The whole order of every list of cases. A column that measures a person must never join it."""

PER_PAGE = 50
BETWEEN = "~"


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


class _Line(NamedTuple):
    """What a list reads of a case, all of it in the index of the list, and the name of the keeper."""

    uid: str
    code: str
    profile: str
    profile_version: int
    stage: str
    stage_since: datetime
    danger_declared: bool
    received: datetime
    closed_at: datetime | None
    keeper: str | None


_LINE = (*_Line._fields[:-1], "keeper__name")


@dataclass(frozen=True)
class ListPage:
    """One page of a list. ``after``: the place where it begins, ``following``: where the next one does."""

    rows: list[CaseRow]
    after: str
    following: str


def case_list(*, viewer: Actor, today: date, choice: Choice = EVERYTHING, after: str = "") -> ListPage:
    """A page of the cases this person may know of, as chosen.

    A page begins after a place in the order, not after a number of rows: what arrives or leaves meanwhile
    moves no row from one page to another. Anything else than a place is the beginning.
    """
    cases = chosen_cases(viewer, choice, today=today).order_by(*ORDER)
    if place := _place(after):
        cases = cases.filter(_beyond(*place))
    read = [_Line(*line) for line in cases.values_list(*_LINE)[: PER_PAGE + 1]]
    found, more = read[:PER_PAGE], len(read) > PER_PAGE
    return ListPage(_rows(found, viewer), after if place else "", _written(found[-1]) if more else "")


def stages_in_list(*, viewer: Actor) -> list[tuple[str, Text]]:
    """The stages in which this person may know of cases, in the order of the procedure."""
    here: dict[str, Text] = {}
    for profile in procedures():
        here |= {stage.id: stage.title for stage in profile.stages if viewer.roles & stage.seen_by}
    return list(here.items())


def _rows(found: Collection[_Line], viewer: Actor) -> list[CaseRow]:
    keys = [case.uid for case in found]
    alike = alike_among(keys, viewer=viewer)
    # What is unread came in, and what asks a question went out: no letter is both.
    here = Letter.objects.filter(UNREAD | OPEN_QUESTION, case__in=keys).values_list("case", "direction")
    letters = Counter(here)
    return [
        _row(case, alike.get(case.uid), letters[case.uid, "in"], letters[case.uid, "out"]) for case in found
    ]


def _row(case: _Line, alike: Alike | None, unread: int, questions: int) -> CaseRow:
    stage = load(case.profile, case.profile_version).stage(case.stage)
    return CaseRow(
        code=case.code,
        stage=stage.title,
        stage_id=stage.id,
        since=case.stage_since,
        due=stage.deadline(case.stage_since.date()),
        clock_holder=stage.clock_holder,
        keeper=case.keeper or "",
        danger=case.danger_declared,
        closed=case.closed_at is not None,
        questions=questions,
        unread=unread,
        alike=alike,
    )


def _written(case: _Line) -> str:
    """The place of a case in the order, for an address: of what this person has just seen, and no more."""
    return BETWEEN.join((str(int(case.danger_declared)), case.received.isoformat(), case.code))


def _place(written: str) -> tuple[bool, datetime, str] | None:
    parts = written.split(BETWEEN)
    try:
        danger, received, code = parts
        at = datetime.fromisoformat(received)
    except ValueError:
        return None
    return None if at.tzinfo is None or "\0" in code else (danger == "1", at, code)


def _beyond(danger: bool, received: datetime, code: str) -> Q:
    """The rows after this place. The first half is what an index can begin at."""
    same = Q(danger_declared=danger, received__gte=received) & (Q(received__gt=received) | Q(code__gt=code))
    return same | Q(danger_declared=False) if danger else same
