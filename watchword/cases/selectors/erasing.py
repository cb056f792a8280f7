# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases have ended long enough ago that what is sealed in them is to be destroyed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q

from watchword.accounts.rules import Actor, Permission
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find, known_among, procedures, under_each
from watchword.core.procedure import Profile
from watchword.core.refusals import Sentence
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class ErasePage:
    """The case that is to be erased, and why not now, if so."""

    uid: str
    code: str
    why_not: Sentence | None


def due_to_erase(case: Case) -> date | None:
    """The day from which the profile wants the records gone; None while the case goes on, or keeps them."""
    days = profile_of(case).stage(case.stage).purge_days
    if case.closed_at is None or days is None:
        return None
    return case.closed_at.date() + timedelta(days=days)


def to_erase(viewer: Actor, today: date) -> list[Case]:
    """The ended cases that this person may erase today, those that ended first before the others."""
    if not viewer.has(Permission.CASE_STAGE):
        return []
    due = Case.objects.exclude(closed_at=None).filter(_due(today))
    kept = vault.with_records(due.values_list("pk", flat=True))
    known = known_among(kept, viewer=viewer)
    return list(Case.objects.filter(pk__in=known).order_by("closed_at", "code")) if known else []


def _due(today: date) -> Q:
    """What `due_to_erase` says of one case, asked of all: nobody's page reads every case that ever ended."""

    def ended_long_ago(profile: Profile) -> Q:
        found = Q(pk__in=[])
        for stage in profile.stages:
            if stage.purge_days is not None:
                after = today - timedelta(days=stage.purge_days - 1)
                found |= Q(stage=stage.id, closed_at__lt=datetime.combine(after, time(), tzinfo=UTC))
        return found

    return under_each(procedures(), ended_long_ago)


def erase_page(code: str, *, viewer: Actor, today: date) -> ErasePage:
    """The page on which a case is erased."""
    case = find(code, viewer=viewer)
    why_not = rules.why_not_erase(viewer, case.standing(), due_to_erase(case), today)
    return ErasePage(case.uid, case.code, why_not)
