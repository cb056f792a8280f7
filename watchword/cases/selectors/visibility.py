# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases exist for whom; everything else that reads cases for a person starts here (law 8)."""

from django.db.models import Q, QuerySet

from watchword import profiles
from watchword.accounts.rules import Actor, Permission
from watchword.cases import rules
from watchword.cases.models import Case, Colleague, Tie
from watchword.core.refusals import NotFound, sentence


def visible_cases(viewer: Actor) -> QuerySet[Case]:
    """The cases of which `rules.check_may_know` lets this person know; a test holds the two together."""
    if not viewer.has(Permission.CASE_LIST):
        return Case.objects.none()
    leading = leading_cases(viewer).order_by().values("pk")
    # A case that goes on in another is known to whoever may know of that one.
    return Case.objects.filter(Q(pk__in=leading) | Q(continued_in__in=leading))


def leading_cases(viewer: Actor) -> QuerySet[Case]:
    """Of these the ones that go on in no other: what stands in lists, where each is worked on by itself."""
    if not viewer.has(Permission.CASE_LIST):
        return Case.objects.none()
    ties = Tie.objects.filter(staff=viewer.id)
    # A tie in one of two cases of the same person is a tie in both.
    tied = Q(pk__in=ties.values("case")) | Q(
        pk__in=ties.filter(case__continued_in__isnull=False).values("case__continued_in")
    )
    given = Q(keeper=viewer.id) | Q(pk__in=Colleague.objects.filter(staff=viewer.id).values("case"))
    allowed = Q(pk__in=[])
    for name, version in Case.objects.order_by().values_list("profile", "profile_version").distinct():
        by_stage, by_keeping = _stages(viewer, name, version)
        here = Q(stage__in=by_stage) | Q(stage__in=by_keeping) & (Q(keeper=None) | given)
        allowed |= Q(profile=name, profile_version=version) & here
    return Case.objects.filter(allowed, continued_in=None).exclude(tied)


def _stages(viewer: Actor, profile: str, version: int) -> tuple[list[str], list[str]]:
    """The stages that show this person every case, and those that show vetting only what it may keep."""
    stages = profiles.load(profile, version).stages
    others = viewer.roles - {rules.KEEPING_ROLE}
    by_stage = [stage.id for stage in stages if others & stage.seen_by]
    by_keeping = [stage.id for stage in stages if viewer.roles & stage.seen_by & {rules.KEEPING_ROLE}]
    return by_stage, by_keeping


def find(code: str, *, viewer: Actor) -> Case:
    """The case of this code, for whoever may know of it; to all others there is none."""
    return _seen(Case.objects.filter(code=code).first(), viewer)


def find_by_uid(case_uid: str, *, viewer: Actor) -> Case:
    """Like `find`, by the uid of the case."""
    return _seen(Case.objects.filter(pk=case_uid).first(), viewer)


def _seen(case: Case | None, viewer: Actor) -> Case:
    if case is None:
        raise NotFound(sentence("There is no such case."))
    rules.check_may_know(viewer, case.standing())
    return case
