# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for one person in the cases that they may know of: the home page shows it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.cases.models import Case
from watchword.cases.rules import KEEPING_ROLE
from watchword.cases.selectors.alike import Alike, alike_of, folded
from watchword.cases.selectors.choosing import SOON, UNREAD, due_by, having_letters
from watchword.cases.selectors.erasing import due_to_erase, to_erase
from watchword.cases.selectors.lists import ORDER, with_open_letters
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import (
    leading_cases,
    procedures,
    under_each,
    visible_cases,
)
from watchword.core.procedure import Exit, Profile, Text
from watchword.core.refusals import Sentence, sentence

ERASE = sentence("This case has ended: erase what is sealed.")

MOST = 30
"""How many rows of a kind one person can look through on one page; the list of cases has the others."""


@dataclass(frozen=True)
class Waiting:
    """One thing to do, in which case, since when, and until when if there is a clock."""

    code: str
    stage: Text
    what: Sentence
    since: datetime
    due: date | None
    url: str


def waiting_for(viewer: Actor, *, today: date) -> list[Waiting]:
    """What waits for this person: at most MOST of what runs out, as many of the rest, and of what is erased.

    What runs out comes with the first; the rest by declared danger and time.
    """
    mine = folded(leading_cases(viewer).filter(closed_at=None), viewer=viewer).filter(_next_steps(viewer))
    kinds = [
        mine.filter(due_by(today + SOON)).order_by("stage_since", "code"),
        mine.order_by(*ORDER),
        _written_to(viewer).order_by(*ORDER),
    ]
    keys = {key for kind in kinds for key in kind.values_list("pk", flat=True)[:MOST]}
    listed = Case.objects.filter(pk__in=keys).order_by(*ORDER).select_related("continued_in")
    found = with_open_letters(listed)
    alike = alike_of(found, viewer=viewer)
    rows = [_group(case, alike.get(case.pk)) or _row(case, viewer) for case in found]
    erasing = [_erasing(case) for case in to_erase(viewer, today)[:MOST]]
    return [row for row in rows if row is not None] + erasing


def written_to(viewer: Actor) -> set[str]:
    """The codes of the open cases of this keeper with a letter that nobody has read."""
    return set(_written_to(viewer).values_list("code", flat=True))


def _written_to(viewer: Actor) -> QuerySet[Case]:
    """A letter to a case that goes on in another is for the keeper of that one."""
    kept = Q(continued_in=None, keeper=viewer.id) | Q(continued_in__keeper=viewer.id)
    return visible_cases(viewer).filter(kept & having_letters(UNREAD), closed_at=None)


def _next_steps(viewer: Actor) -> Q:
    """The cases whose next step is this person's."""
    free = Q(keeper=None) | Q(keeper=viewer.id)

    def ours(profile: Profile) -> Q:
        roles = {stage.id: _roles_of_next_step(profile, stage.id) & viewer.roles for stage in profile.stages}
        kept = [stage for stage, held in roles.items() if held and _only_keeping(held)]
        others = [stage for stage, held in roles.items() if held and not _only_keeping(held)]
        return Q(stage__in=others) | Q(stage__in=kept) & free

    return under_each(procedures(), ours)


def _roles_of_next_step(profile: Profile, stage: str) -> frozenset[str]:
    step = _way_on(profile, stage)
    return step.by if step else frozenset()


def _group(case: Case, alike: Alike | None) -> Waiting | None:
    """One thing to do for all that stand behind this case; those in danger wait each for themselves."""
    if alike is None or alike.behind == 1:
        return None
    what = sentence("%(count)s applications are alike: look at them one by one.", count=alike.behind)
    waiting = _waiting(case, what, case.stage_since)
    return replace(waiting, url=reverse("cases:alike_group", args=[case.code]))


def _row(case: Case, viewer: Actor) -> Waiting | None:
    unread = [one.at for one in case.letters.all() if one.direction == "in" and one.read_at is None]
    leading = case.continued_in or case
    if unread and leading.keeper_id == viewer.id:
        return _waiting(case, sentence("The applicant has written: read the letter."), min(unread))
    what = _what(case, viewer) if leading is case else None
    return None if what is None else _waiting(case, what, case.stage_since)


def _erasing(case: Case) -> Waiting:
    url = reverse("cases:erase", args=[case.code])
    stage, ended = profile_of(case).stage(case.stage), case.closed_at or case.stage_since
    return Waiting(case.code, stage.title, ERASE, ended, due_to_erase(case), url)


def _what(case: Case, viewer: Actor) -> Sentence | None:
    step = _way_on(profile_of(case), case.stage)
    if step is None or not step.by & viewer.roles:
        return None
    if KEEPING_ROLE in viewer.roles and case.keeper_id is None:
        return sentence("Nobody keeps this case yet: take it, or give it to somebody.")
    if case.keeper_id not in (None, viewer.id) and _only_keeping(step.by & viewer.roles):
        return None
    if any(letter.needs_answer and letter.answered_at is None for letter in case.letters.all()):
        return sentence("The applicant has a question to answer. Then: %(step)s.", step=step.title)
    return sentence("Next: %(step)s.", step=step.title)


def _way_on(profile: Profile, stage: str) -> Exit | None:
    """The first exit is the way on; where the board decides, its own list says what waits for whom."""
    if profile.decision.outcomes_at(stage):
        return None
    return next(iter(profile.stage(stage).exits), None)


def _only_keeping(roles: Collection[str]) -> bool:
    return set(roles) == {KEEPING_ROLE}


def _waiting(case: Case, what: Sentence, since: datetime) -> Waiting:
    stage = profile_of(case).stage(case.stage)
    due = stage.deadline(case.stage_since.date())
    return Waiting(case.code, stage.title, what, since, due, reverse("cases:case", args=[case.code]))
