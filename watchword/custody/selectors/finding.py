# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds a release for whoever it concerns; to everybody else there is none."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from watchword.accounts.rules import Actor, Permission
from watchword.core.refusals import NotFound, sentence
from watchword.custody.models import Release
from watchword.custody.rules import LOOKED_BACK, State


def own(release_uid: str, *, viewer: Actor) -> Release:
    """A release that this very person asked for."""
    return _one(_all().filter(pk=release_uid, asked_by=viewer.id))


def to_answer(release_uid: str, *, viewer: Actor) -> Release:
    """A release, for a custodian."""
    found = _all().filter(pk=release_uid)
    return _one(found if viewer.has(Permission.RELEASE_ANSWER) else found.none())


def of_case(case_uid: str) -> list[Release]:
    """Every release of a case, newest first; the caller has asked who may know of the case."""
    return list(_all().filter(case=case_uid).order_by("-at", "uid"))


def for_custodians(now: datetime) -> list[Release]:
    """What is not over, and what was asked for lately; newest first."""
    return list(_all().filter(at__gt=now - LOOKED_BACK).order_by("-at", "uid"))


def of_person(staff_id: str, now: datetime) -> list[Release]:
    """What this person asked for lately, newest first."""
    return [one for one in for_custodians(now) if one.asked_by_id == staff_id]


def waits_for(case_uid: str, staff_id: str, now: datetime) -> bool:
    """Whether a request of this person on this case is neither refused nor over."""
    going = (State.WAITING, State.OPEN)
    mine = _all().filter(case=case_uid, asked_by=staff_id, ended_at=None)
    return any(one.facts().state(now) in going for one in mine)


def broken() -> list[Release]:
    """Every broken glass at which nobody has looked yet."""
    return list(_all().filter(glass=True, reviewed_by=None).order_by("-at", "uid"))


def ended(now: datetime) -> Sequence[str]:
    """The releases that are past their end and still have what they opened with."""
    due = Release.objects.filter(until__lte=now, ended_at=None).order_by("until")
    return list(due.values_list("uid", flat=True))


def _all() -> QuerySet[Release]:
    return Release.objects.select_related("case", "asked_by").prefetch_related("answers", "bodies")


def _one(rows: QuerySet[Release]) -> Release:
    found = rows.first()
    if found is None:
        raise NotFound(sentence("There is no such release."))
    return found
