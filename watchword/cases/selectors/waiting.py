# SPDX-License-Identifier: AGPL-3.0-or-later
"""What waits for one person in the cases that they may know of: the home page shows it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from watchword.accounts.rules import Actor
from watchword.cases.models import Case
from watchword.cases.rules import KEEPING_ROLE
from watchword.cases.selectors.alike import Alike, alike_of
from watchword.cases.selectors.choosing import Choice, chosen_cases, on_clock
from watchword.cases.selectors.erasing import due_to_erase, to_erase
from watchword.cases.selectors.lists import ORDER
from watchword.cases.selectors.open_letters import UNREAD, having_letters, with_open_letters
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.turns import LETTER, STEP, only_keeping, way_on
from watchword.cases.selectors.visibility import known_among
from watchword.cases.selectors.waits import FEW, MANY, Waiting, Waits
from watchword.core.refusals import Sentence, sentence

ERASE = sentence("This case has ended: erase what is sealed.")
WRITTEN = sentence("The applicant has written: read the letter.")
STEPS = sentence("cases whose next step is yours")
LETTERS = sentence("cases with a letter that nobody has read")
ERASURES = sentence("cases to be erased")


@dataclass(frozen=True)
class Steps:
    """The next steps that are one person's: those whose clock runs out, and those that have time."""

    soon: Waits
    later: Waits


def steps_waiting_for(viewer: Actor, *, today: date) -> Steps:
    """What runs out comes with the longest in its stage first; the rest by declared danger and time."""
    out, time = Choice(turn=STEP, clock="soon"), Choice(turn=STEP, clock="time")
    # Put together once: to say whose turn it is takes longer than to look it up.
    mine = chosen_cases(viewer, Choice(turn=STEP), today=today)
    soon, more_soon = _keys(mine.filter(on_clock(out.clock, today)).order_by("stage_since", "code"))
    later, more_later = _keys(mine.filter(on_clock(time.clock, today)).order_by(*ORDER))
    found = {case.pk: case for case in with_open_letters(Case.objects.filter(pk__in=[*soon, *later]))}
    alike = alike_of(found.values(), viewer=viewer)

    def rows(keys: list[str]) -> tuple[Waiting, ...]:
        cases = [found[key] for key in keys if key in found]
        here = [_group(case, alike.get(case.pk)) or _step(case, viewer) for case in cases]
        return tuple(row for row in here if row is not None)

    return Steps(
        Waits(rows(soon), more_soon, STEPS, list_of(out)),
        Waits(rows(later), more_later, STEPS, list_of(time)),
    )


def letters_waiting_for(viewer: Actor) -> Waits:
    """What came back: the open cases of this keeper with a letter that nobody has read.

    A letter to a case that goes on in another is for the keeper of that one.
    """
    written = Case.objects.filter(having_letters(UNREAD), closed_at=None)
    kept = Q(continued_in=None, keeper=viewer.id) | Q(continued_in__keeper=viewer.id)
    known = known_among(written.filter(kept).values_list("pk", flat=True), viewer=viewer)
    keys, more = _keys(Case.objects.filter(pk__in=known).order_by(*ORDER))
    found = with_open_letters(Case.objects.filter(pk__in=keys))
    rows = [_waiting(case, WRITTEN, min(came), "#letters") for case in found if (came := _unread(case))]
    rows.sort(key=lambda row: row.since)
    return Waits(tuple(rows), more, LETTERS, list_of(Choice(turn=LETTER)))


def erasures_waiting_for(viewer: Actor, *, today: date) -> Waits:
    """The ended cases that this person may erase today; the others move up."""
    due = to_erase(viewer, today)
    return Waits(tuple(_erasing(case) for case in due[:FEW]), max(0, len(due) - FEW), ERASURES)


def list_of(choice: Choice) -> str:
    """The address of the list of cases, so chosen."""
    fields = {name: "on" if value is True else value for name, value in vars(choice).items() if value}
    return f"{reverse('cases:list')}?{urlencode(fields)}"


def _keys(cases: QuerySet[Case]) -> tuple[list[str], int | None]:
    """The keys alone lie in the index of the list, so that they are counted by reading them."""
    keys = list(cases.values_list("pk", flat=True)[: MANY + 1])
    return keys[:FEW], None if len(keys) > MANY else max(0, len(keys) - FEW)


def _group(case: Case, alike: Alike | None) -> Waiting | None:
    """One thing to do for all that stand behind this case; those in danger wait each for themselves."""
    if alike is None or alike.behind == 1:
        return None
    what = sentence("%(count)s applications are alike: look at them one by one.", count=alike.behind)
    waiting = _waiting(case, what, case.stage_since)
    return replace(waiting, url=reverse("cases:alike_group", args=[case.code]))


def _step(case: Case, viewer: Actor) -> Waiting | None:
    step = way_on(profile_of(case), case.stage)
    if step is None or not step.by & viewer.roles:
        return None
    if KEEPING_ROLE in viewer.roles and case.keeper_id is None:
        what = sentence("Nobody keeps this case yet: take it, or give it to somebody.")
        return _waiting(case, what, case.stage_since, "#people")
    if case.keeper_id not in (None, viewer.id) and only_keeping(step.by & viewer.roles):
        return None
    if any(letter.needs_answer and letter.answered_at is None for letter in case.letters.all()):
        what = sentence("The applicant has a question to answer. Then: %(step)s.", step=step.title)
        return _waiting(case, what, case.stage_since, "#next")
    return _waiting(case, sentence("Next: %(step)s.", step=step.title), case.stage_since, "#next")


def _unread(case: Case) -> list[datetime]:
    """When those letters came; none when somebody has read the last of them this moment."""
    return [one.at for one in case.letters.all() if one.direction == "in" and one.read_at is None]


def _erasing(case: Case) -> Waiting:
    url = reverse("cases:erase", args=[case.code])
    stage, ended = profile_of(case).stage(case.stage), case.closed_at or case.stage_since
    return Waiting(case.code, stage.title, ERASE, ended, due_to_erase(case), url)


def _waiting(case: Case, what: Sentence, since: datetime, place: str = "") -> Waiting:
    stage = profile_of(case).stage(case.stage)
    due = stage.deadline(case.stage_since.date())
    return Waiting(case.code, stage.title, what, since, due, reverse("cases:case", args=[case.code]) + place)
