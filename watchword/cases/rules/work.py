# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may note, set a task, hand a case over, or join two of one person."""

from collections.abc import Collection, Mapping
from datetime import date

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules.case import (
    Standing,
    check_acts_as,
    check_can_keep,
    check_leads,
    check_may_work,
    check_not_recused,
)
from watchword.core.refusals import NotPermitted, Sentence, WrongState, permitted, sentence, why_not

MAY_KNOW = "may-know"
DECLINED: Mapping[str, Sentence] = {
    "too-much": sentence("Too much work at present"),
    "away": sentence("Away for some time"),
    "another": sentence("Somebody else is better suited"),
    MAY_KNOW: sentence("May know the applicant"),
}
"""Why somebody declines to take a case over; whoever may know the applicant is recused with it."""


TASKS: Mapping[str, Sentence] = {
    "answer": sentence("Answer the applicant"),
    "ask": sentence("Put a question to the applicant"),
    "look": sentence("See whether an answer has come"),
    "check": sentence("Check something that the applicant says"),
    "referee": sentence("Reach somebody who knows the applicant"),
    "interview": sentence("Arrange an interview"),
    "read": sentence("Read something again"),
    "other": sentence("Something else: see the note"),
}
"""What can be set as a task. The kind stands in clear on the home page; more words are a sealed note."""


def check_may_offer(actor: Actor, case: Standing, *, offered: bool) -> None:
    """The keeper offers the case, to one person at a time."""
    check_has(actor, Permission.CASE_ASSIGN)
    check_leads(case)
    check_may_work(actor, case)
    if case.keeper != actor.id:
        raise NotPermitted(sentence("Only the keeper can hand this case on."))
    if offered:
        raise WrongState(sentence("It is offered to somebody already. Take that offer back first."))


why_not_offer = why_not(check_may_offer)


def check_may_take_back(actor: Actor, case: Standing) -> None:
    """The keeper, as long as nobody has answered."""
    check_has(actor, Permission.CASE_ASSIGN)
    if case.keeper != actor.id:
        raise NotPermitted(sentence("Only the keeper can take this offer back."))


why_not_take_back = why_not(check_may_take_back)


def check_may_accept(actor: Actor, case: Standing, *, offered_by: str) -> None:
    """Whoever was asked, who can still keep it, from the keeper who still has it."""
    check_may_work(actor, case)
    check_can_keep(case, staff_id=actor.id, staff_roles=actor.roles)
    if case.keeper != offered_by:
        raise WrongState(sentence("Whoever offered this case keeps it no longer, so the offer is void."))


why_not_accept = why_not(check_may_accept)


def check_may_note(actor: Actor, case: Standing, readers: Collection[str]) -> None:
    """Whoever reads a compartment in their work on an open case may note something for its other readers."""
    check_has(actor, Permission.NOTE_WRITE)
    check_leads(case)
    check_acts_as(actor, case, readers)


may_note = permitted(check_may_note)


def check_may_set_tasks(actor: Actor, case: Standing) -> None:
    """Whoever works on an open case in its present stage."""
    check_has(actor, Permission.TASK_SET)
    check_leads(case)
    check_acts_as(actor, case, case.seen_by)


why_not_set_tasks = why_not(check_may_set_tasks)


def check_task(actor: Actor, case: Standing, *, staff_id: str, remind: date, due: date, today: date) -> None:
    """A task is one's own or goes to somebody in whose hands the case is, and its day has not passed."""
    check_may_set_tasks(actor, case)
    if staff_id != actor.id and not case.given_to(staff_id):
        raise WrongState(sentence("Only somebody who works on this case can be given a task in it."))
    if due < today:
        raise WrongState(sentence("This day has passed. Choose today or a later one."))
    if remind > due:
        raise WrongState(sentence("The reminder comes on the day when the task is due, or before it."))


def check_may_end_task(actor: Actor, case: Standing, *, people: Collection[str], ended: bool) -> None:
    """``people``: who has the task and who set it. They and the keeper can end it, once."""
    check_has(actor, Permission.TASK_SET)
    check_may_work(actor, case)
    if ended:
        raise WrongState(sentence("Somebody has ended this task already."))
    if actor.id not in {*people, case.keeper}:
        raise NotPermitted(sentence("Only who has this task, who set it, or the keeper can end it."))


why_not_end_task = why_not(check_may_end_task)


def check_may_join(actor: Actor, case: Standing, leading: Standing, *, joined: bool, decided: bool) -> None:
    """Two open cases, worked on by one who knows of both, of which neither is joined with another.

    ``joined``: one of them is. ``decided``: the board decides in the stage where ``case`` stands.
    """
    check_has(actor, Permission.CASE_JOIN)
    for one in (case, leading):
        check_acts_as(actor, one, one.seen_by)
    if case.code == leading.code:
        raise WrongState(sentence("Type the code of the other case of this person."))
    if joined:
        raise WrongState(sentence("One of the two is joined with another case already. Part those first."))
    if decided:
        raise WrongState(
            sentence("This case is before the board: the other one can go on in this one instead.")
        )
    working = {leading.keeper, *leading.colleagues}
    if working & (case.ties | leading.ties):
        raise WrongState(sentence("Somebody who works on one of the two declared a tie in the other."))


def check_may_part(actor: Actor, leading: Standing) -> None:
    """Whoever knows of both, also when one of them has ended: the other must not end with it unnoticed."""
    check_has(actor, Permission.CASE_JOIN)
    check_not_recused(actor, leading.ties)


def check_is_second(actor: Actor, proposed_by: str) -> None:
    """Nobody joins or parts two cases alone."""
    if actor.id == proposed_by:
        raise NotPermitted(sentence("You proposed this: somebody else who knows of both cases confirms it."))


why_not_part = why_not(check_may_part)


why_not_second = why_not(check_is_second)
