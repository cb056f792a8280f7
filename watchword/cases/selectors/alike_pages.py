# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two pages on which intake looks for applications that are alike, and at each of them one by one."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import rules
from watchword.cases.models import Likeness
from watchword.cases.selectors.alike import Alike, Size, alike_of, least, members, sizes, to_compare, triage
from watchword.cases.selectors.visibility import find
from watchword.core.refusals import NotFound, Sentence, sentence

IN_ORDER = ("-case__danger_declared", "case__received", "case__code")
PER_PAGE = 50


@dataclass(frozen=True)
class GroupRow:
    """One group on the page of all groups. ``code``: its earliest member."""

    code: str
    size: int
    danger: int
    received: datetime
    short: bool


@dataclass(frozen=True)
class AlikePage:
    """How far the comparison is, and what it has found."""

    compared: int
    waiting: int
    groups: tuple[GroupRow, ...]
    why_not: Sentence | None

    @property
    def all(self) -> int:
        """Every application in triage that this person may know of."""
        return self.compared + self.waiting


@dataclass(frozen=True)
class Member:
    """One application of a group. ``agree``: of 100 parts of its text, those of the first as well."""

    code: str
    received: datetime
    danger: bool
    agree: int
    is_first: bool


@dataclass(frozen=True)
class GroupPage:
    """One group, a page of it at a time."""

    alike: Alike
    members: Page[Member]


def alike_page(*, viewer: Actor) -> AlikePage:
    """How far the comparison is, and its groups, the earliest first."""
    check_has(viewer, Permission.ALIKE_COMPARE)
    every, waiting = triage(viewer).count(), to_compare(viewer).count()
    return AlikePage(every - waiting, waiting, _groups(viewer), rules.why_not_compare(viewer, waiting))


def group_page(code: str, *, viewer: Actor, number: int) -> GroupPage:
    """The group of this case, in the order of every list. NotFound when it stands by itself."""
    check_has(viewer, Permission.ALIKE_COMPARE)
    case = find(code, viewer=viewer)
    alike = alike_of([case], viewer=viewer).get(case.pk)
    if alike is None:
        raise NotFound(sentence("This application stands by itself."))
    first = Likeness.objects.get(case=case).first_id
    rows = members(viewer).filter(first=first).order_by(*IN_ORDER).select_related("case")
    shown = Paginator(rows, PER_PAGE).get_page(number)
    found = [_member(row) for row in shown.object_list]
    return GroupPage(alike, Page(found, shown.number, cast("Paginator[Member]", shown.paginator)))


def beside(code: str, *, viewer: Actor) -> str | None:
    """The code of another case of the same group; None when there is none."""
    case = find(code, viewer=viewer)
    others = members(viewer).filter(first__in=Likeness.objects.filter(case=case).values("first"))
    return others.exclude(case=case).order_by(*IN_ORDER).values_list("case__code", flat=True).first()


def _groups(viewer: Actor) -> tuple[GroupRow, ...]:
    several = sizes(members(viewer))
    rows = members(viewer).filter(first__in=list(several)).order_by("case__received", "case__code")
    earliest: dict[str, Likeness] = {}
    for row in rows.select_related("case"):
        earliest.setdefault(str(row.first_id), row)
    found = [_group(row, several[first]) for first, row in earliest.items()]
    return tuple(group for group in found if group.size >= least(group.short))


def _group(row: Likeness, of: Size) -> GroupRow:
    return GroupRow(row.case.code, of.size, of.danger, row.case.received, row.short)


def _member(row: Likeness) -> Member:
    case = row.case
    return Member(case.code, case.received, case.danger_declared, row.agree, row.first_id == case.pk)
