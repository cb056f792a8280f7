# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for one person in the cases that they may know of: the home page shows it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.cases.models import Case
from watchword.cases.rules import KEEPING_ROLE
from watchword.cases.selectors.alike import Alike, alike_of, folded
from watchword.cases.selectors.erasing import due_to_erase, to_erase
from watchword.cases.selectors.lists import ORDER
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import visible_cases
from watchword.core.procedure import Exit, Profile, Text
from watchword.core.refusals import Sentence, sentence

ERASE = sentence("This case has ended: erase what is sealed.")


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
    """What waits for this person, by declared danger and time; then what is due to be erased."""
    open_cases = folded(visible_cases(viewer).filter(closed_at=None), viewer=viewer)
    found = list(open_cases.order_by(*ORDER).prefetch_related("letters").select_related("continued_in"))
    alike = alike_of(found, viewer=viewer)
    rows = [_group(case, alike.get(case.pk)) or _row(case, viewer) for case in found]
    return [row for row in rows if row is not None] + [_erasing(case) for case in to_erase(viewer, today)]


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
