# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applications that are nearly the same, as one row where cases wait for their first look.

A group takes the place of its earliest member. A case in danger is never behind another, whatever it says,
nor is one that somebody keeps: it has a row and a place of its own. Whoever may not compare sees no groups.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Case as Either
from django.db.models import Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from watchword.accounts.rules import Actor, Permission
from watchword.cases.models import Case, Likeness
from watchword.cases.rules import LEAST_ALIKE, LEAST_SHORT
from watchword.cases.selectors.visibility import procedures, under_each, visible_cases

_ALONE = Q(case__danger_declared=True) | Q(case__keeper__isnull=False)
_LEAST = Either(When(short=True, then=Value(LEAST_SHORT)), default=Value(LEAST_ALIKE))


@dataclass(frozen=True)
class Alike:
    """The group of one row of a list. ``behind``: how many cases stand in this one row, itself included.

    ``size``: all of the group. ``danger``: those in danger, each of which has a row of its own.
    """

    code: str
    size: int
    behind: int
    danger: int
    short: bool


@dataclass(frozen=True)
class Size:
    """How many a group has: all, in danger, and with a row of their own."""

    size: int
    danger: int
    alone: int


def triage(viewer: Actor | None = None) -> QuerySet[Case]:
    """The open cases that wait for their first look: of this person, or for the machine all of them."""
    cases = Case.objects.all() if viewer is None else visible_cases(viewer)
    waiting = under_each(procedures(), lambda profile: Q(stage=profile.first_stage.id))
    return cases.filter(waiting, closed_at=None)


def to_compare(viewer: Actor) -> QuerySet[Case]:
    """The cases in triage that were not compared yet, as they came."""
    known = Likeness.objects.filter(current=True).values("case")
    return triage(viewer).exclude(pk__in=known).order_by("received", "code")


def still_first() -> set[str]:
    """The cases beside which some case in triage was put, itself perhaps."""
    rows = Likeness.objects.filter(current=True, case__in=triage()).exclude(first=None)
    return {str(first) for first in rows.values_list("first", flat=True)}


def folded(cases: QuerySet[Case], *, viewer: Actor) -> QuerySet[Case]:
    """The cases without those that stand behind the earliest one of their group."""
    if not viewer.has(Permission.ALIKE_COMPARE):
        return cases
    standing = members(viewer).exclude(_ALONE)
    placed = standing.annotate(
        place=Window(RowNumber(), partition_by="first", order_by=("case__received", "case__code")),
        size=Window(Count("pk"), partition_by="first"),
        least=_LEAST,
    )
    return cases.exclude(pk__in=placed.filter(place__gt=1, size__gte=F("least")).values("case"))


def alike_of(cases: Iterable[Case], *, viewer: Actor) -> dict[str, Alike]:
    """By the uid of the case, the group of each that is in one."""
    return alike_among([case.pk for case in cases], viewer=viewer)


def alike_among(keys: Collection[str], *, viewer: Actor) -> dict[str, Alike]:
    """The same by the keys of the cases."""
    if not viewer.has(Permission.ALIKE_COMPARE):
        return {}
    everybody = members(viewer)
    rows = list(everybody.filter(case__in=keys).select_related("case"))
    several = sizes(everybody.filter(first__in={row.first_id for row in rows})) if rows else {}
    found = {row.case_id: _alike(row, several[str(row.first_id)]) for row in rows if row.first_id in several}
    return {case: alike for case, alike in found.items() if alike.size >= least(alike.short)}


def is_grouped(case: Case, viewer: Actor) -> bool:
    """Whether this case is shown as one of several."""
    return case.pk in alike_of([case], viewer=viewer)


def members(viewer: Actor) -> QuerySet[Likeness]:
    """What was found of the cases in this person's triage, without those that somebody has set apart."""
    return Likeness.objects.filter(case__in=triage(viewer), apart=False).exclude(first=None)


def sizes(rows: QuerySet[Likeness]) -> dict[str, Size]:
    """By their first, the groups of several."""
    danger = Count("pk", filter=Q(case__danger_declared=True))
    counted = (
        rows.order_by()
        .values("first")
        .annotate(size=Count("pk"), danger=danger, alone=Count("pk", filter=_ALONE))
    )
    several = counted.filter(size__gte=LEAST_ALIKE).values_list("first", "size", "danger", "alone")
    return {str(first): Size(*numbers) for first, *numbers in several}


def least(short: bool) -> int:
    """How many make a group that is shown as one."""
    return LEAST_SHORT if short else LEAST_ALIKE


def _alike(row: Likeness, of: Size) -> Alike:
    has_own_row = row.case.danger_declared or row.case.keeper_id is not None
    behind = of.size - of.alone
    folds = not has_own_row and behind >= least(row.short)
    return Alike(row.case.code, of.size, behind if folds else 1, of.danger, row.short)
