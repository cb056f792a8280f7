# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cases exist for whom; everything else that reads cases for a person starts here (law 8)."""

from collections.abc import Callable, Collection, Iterable

from django.db.models import Q, QuerySet

from watchword import profiles
from watchword.accounts.rules import Actor, Permission
from watchword.cases import rules
from watchword.cases.models import Case, Colleague, Tie
from watchword.core.procedure import Profile
from watchword.core.refusals import NotFound, sentence
from watchword.web.once import once_a_page


def visible_cases(viewer: Actor) -> QuerySet[Case]:
    """The cases of which `rules.check_may_know` lets this person know; a test holds the two together."""
    # A question of its own each time: whoever asks may go through the cases at once.
    return _visible(viewer).all()


@once_a_page
def _visible(viewer: Actor) -> QuerySet[Case]:
    if not viewer.has(Permission.CASE_LIST):
        return Case.objects.none()
    here = procedures()
    by_itself = Q(continued_in=None) & _allowed(viewer, here, "")
    # A case that goes on in another is known to whoever may know of that one.
    by_leading = Q(continued_in__isnull=False) & _allowed(viewer, here, "continued_in__")
    return Case.objects.filter(by_itself | by_leading).exclude(_tied(viewer))


def known_among(keys: Iterable[str], *, viewer: Actor) -> list[str]:
    """Those of a few cases of which this person may know.

    For what is rare: asked of a few, this is cheap, where a question about all cases is not.
    """
    few = list(keys)
    return list(visible_cases(viewer).filter(pk__in=few).values_list("pk", flat=True)) if few else []


def leading_cases(viewer: Actor) -> QuerySet[Case]:
    """Those of them that are a row of a list: a case that goes on in another is none."""
    if not viewer.has(Permission.CASE_LIST):
        return Case.objects.none()
    return Case.objects.filter(_allowed(viewer, procedures(), ""), continued_in=None).exclude(
        _tied_here(viewer)
    )


def under_each(here: Iterable[Profile], asked: Callable[[Profile], Q], path: str = "") -> Q:
    """What ``asked`` says of the cases of each procedure.

    Said once where all procedures agree, which is the rule: then a database walks the index of the list in
    its order, where a question that names procedures would have it sort everything first.
    """
    answers: dict[Q, list[Profile]] = {}
    for profile in here:
        answers.setdefault(asked(profile), []).append(profile)
    if len(answers) == 1:
        return next(iter(answers))
    found = Q(pk__in=[])
    for answer, agreed in answers.items():
        for profile in agreed:
            pinned = {f"{path}profile": profile.name, f"{path}profile_version": profile.version}
            found |= Q(**pinned) & answer
    return found


@once_a_page
def procedures() -> tuple[Profile, ...]:
    """The procedures that cases run under, found by steps in an index: DISTINCT would read all of it."""
    ordered = Case.objects.order_by("profile", "profile_version").values_list("profile", "profile_version")
    following, last = ordered.first(), ordered.last()
    found = []
    while following is not None:
        found.append(profiles.load(*following))
        name, version = following
        newer = ordered.filter(profile=name, profile_version__gt=version)
        following = None if following == last else newer.first() or ordered.filter(profile__gt=name).first()
    return tuple(found)


def _allowed(viewer: Actor, here: Iterable[Profile], path: str) -> Q:
    """The cases, or by ``path`` those that go on in one, that stage and keeper let this person know of."""
    asked_in = Colleague.objects.filter(staff=viewer.id).values("case")
    free = Q(**{f"{path}keeper": None}) | Q(**{f"{path}keeper": viewer.id}) | Q(**{f"{path}pk__in": asked_in})

    def shown(profile: Profile) -> Q:
        by_stage, by_keeping = _stages(viewer, profile)
        return Q(**{f"{path}stage__in": by_stage}) | Q(**{f"{path}stage__in": by_keeping}) & free

    return under_each(here, shown, path)


def _tied_here(viewer: Actor) -> Q:
    """The cases in which this person declared a tie, or in one that goes on in it."""
    ties = Tie.objects.filter(staff=viewer.id)
    in_another = ties.filter(case__continued_in__isnull=False).values("case__continued_in")
    return Q(pk__in=ties.values("case")) | Q(pk__in=in_another)


def _tied(viewer: Actor) -> Q:
    """The cases from which a tie keeps this person: those, and all that go on in one of them."""
    ties = Tie.objects.filter(staff=viewer.id)
    in_another = ties.filter(case__continued_in__isnull=False).values("case__continued_in")
    leading = Q(continued_in__in=ties.values("case")) | Q(continued_in__in=in_another)
    return _tied_here(viewer) | leading


def _stages(viewer: Actor, profile: Profile) -> tuple[list[str], list[str]]:
    """The stages that show this person every case, and those that show vetting only what it may keep."""
    others = viewer.roles - {rules.KEEPING_ROLE}
    by_stage = [stage.id for stage in profile.stages if others & stage.seen_by]
    by_keeping = [stage.id for stage in profile.stages if viewer.roles & stage.seen_by & {rules.KEEPING_ROLE}]
    return by_stage, by_keeping


def find(code: str, *, viewer: Actor) -> Case:
    """The case of this code, for whoever may know of it; to all others there is none.

    It comes with all that its standing is made of: a page asks for that in many places.
    """
    return _seen(with_standing().filter(code=code).first(), viewer)


def find_by_uid(case_uid: str, *, viewer: Actor) -> Case:
    """Like `find`, by the uid of the case."""
    return _seen(with_standing().filter(pk=case_uid).first(), viewer)


def find_several(case_uids: Collection[str], *, viewer: Actor) -> list[Case]:
    """Those of these cases of which this person may know, with all that their standing is made of."""
    seen = visible_cases(viewer).filter(pk__in=case_uids).order_by().values("pk")
    return list(with_standing().filter(pk__in=seen).order_by("pk"))


def ties_among(case_uids: Collection[str]) -> frozenset[str]:
    """The staff who declared a tie in one of these cases, or in one that is joined with it."""
    found = with_standing().filter(pk__in=case_uids)
    return frozenset().union(*(one.standing().ties for one in found))


def find_for_custodian(code: str, *, viewer: Actor) -> Case:
    """The case of this code for a custodian, who knows of none but by its code; not with a tie."""
    found = with_standing().filter(code=code).first() if viewer.has(Permission.RELEASE_ANSWER) else None
    if found is None or viewer.id in found.standing().ties:
        raise NotFound(sentence("There is no such case."))
    return found


def with_standing() -> QuerySet[Case]:
    """Every case, with all that its standing is made of."""
    there = ("ties", "colleagues", "continued__ties")
    elsewhere = (f"continued_in__{what}" for what in there)
    return Case.objects.select_related("continued_in").prefetch_related(*there, *elsewhere)


def _seen(case: Case | None, viewer: Actor) -> Case:
    if case is None:
        raise NotFound(sentence("There is no such case."))
    rules.check_may_know(viewer, case.standing())
    return case
