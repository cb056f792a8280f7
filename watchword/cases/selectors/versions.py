# SPDX-License-Identifier: AGPL-3.0-or-later
"""The procedure of one case as a page: its stages, and what a newer version would change."""

from dataclasses import dataclass
from datetime import datetime

from watchword import profiles
from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import versions
from watchword.cases.models import Case
from watchword.cases.models.versions import VersionProposal
from watchword.cases.selectors.facts import case_facts
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find
from watchword.core.procedure import Profile, Stage, Text
from watchword.core.procedure.newer import Preview, preview
from watchword.core.refusals import NotFound, Sentence
from watchword.vault import selectors as vault


@dataclass(frozen=True)
class Waiting:
    """A change that waits for a second person."""

    to_version: int
    by: str
    at: datetime
    why_not: Sentence | None


@dataclass(frozen=True)
class ProcedurePage:
    """``newer`` is the version that a case could go over to, and ``change`` what that would mean."""

    uid: str
    code: str
    case_version: int
    closed: bool
    profile: Profile
    stage: Stage
    newer: Profile | None
    change: Preview | None
    why_not: Sentence | None
    waiting: Waiting | None


def procedure_page(code: str, *, viewer: Actor, now: datetime) -> ProcedurePage:
    """The procedure of a case; NotFound for whoever may not know of it."""
    case = find(code, viewer=viewer)
    newer = newest_for(case)
    change = preview_of(case, newer, now=now) if newer else None
    profile = profile_of(case)
    stage = profile.stage(case.stage)
    by = versions.movers(stage)
    return ProcedurePage(
        uid=case.uid,
        code=case.code,
        case_version=case.version,
        closed=case.closed_at is not None,
        profile=profile,
        stage=stage,
        newer=newer,
        change=change,
        why_not=versions.why_not_change_version(viewer, case.standing(), by, change) if change else None,
        waiting=_waiting(case, change, viewer) if change else None,
    )


@dataclass(frozen=True)
class StepRow:
    """One step of a procedure. ``days``: the clock of the stage that it leaves."""

    stage: Text
    days: int | None
    step: Text
    leads_to: Text
    who: tuple[Text, ...]


def steps_of(profile: Profile) -> list[StepRow]:
    """Every step but withdrawal, which each stage has: what the drawing shows, for whoever cannot see it."""
    return [
        StepRow(
            stage=stage.title,
            days=stage.clock_days,
            step=way.title,
            leads_to=profile.stage(way.to).title,
            who=tuple(role.title for role in profile.roles if role.id in way.by),
        )
        for stage in profile.stages
        for way in stage.exits
        if way.action != profile.withdrawal.action
    ]


def newest_for(case: Case) -> Profile | None:
    """The newest version of this case's procedure, when the case runs under an older one and is open."""
    try:
        newest = profiles.load(case.profile)
    except NotFound:
        return None
    return newest if newest.version > case.profile_version and case.closed_at is None else None


def preview_of(case: Case, newer: Profile, *, now: datetime) -> Preview:
    """What would become of this case under ``newer``."""
    records = vault.records(case.uid).exclude(header=b"").order_by()
    sealed_in = set(records.values_list("compartment", flat=True).distinct())
    return preview(profile_of(case), newer, case.stage, case_facts(case, now=now), sealed_in)


def waiting_proposal(case: Case) -> VersionProposal | None:
    """The change of version that waits for a second person, if one does."""
    return VersionProposal.objects.filter(case=case, ended=None).first()


def _waiting(case: Case, change: Preview, viewer: Actor) -> Waiting | None:
    found = waiting_proposal(case)
    if found is None:
        return None
    by = versions.movers(profile_of(case).stage(case.stage))
    return Waiting(
        to_version=found.to_version,
        by=accounts.names([found.by_id]).get(found.by_id, ""),
        at=found.at,
        why_not=versions.why_not_confirm_version(viewer, case.standing(), by, change, found.by_id),
    )
