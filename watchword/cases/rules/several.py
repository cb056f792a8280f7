# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done to several cases at once: what leaves each as it would be done alone. Never a decision,
never an opening."""

from collections.abc import Mapping

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.refusals import Sentence, WrongState, sentence

HAND, LETTER, TASK = "hand", "letter", "task"
ACTS: Mapping[str, Sentence] = {
    HAND: sentence("Hand over to another keeper"),
    LETTER: sentence("Send a ready letter"),
    TASK: sentence("Set a task"),
}
LOOKED_AT = frozenset({HAND, LETTER})
"""What is asked case by case: a person reads the letter, and another is trusted with the case."""

MOST = 50
"""As many as stand on one page of the list: nobody looks at more of them with care."""

HANDED: Mapping[str, Sentence] = {
    "away": sentence("I am away for some time"),
    "too-much": sentence("I have too much work at present"),
    "leaving": sentence("I give this work up"),
    "another": sentence("Somebody else is better suited"),
}
"""Why a keeper hands a case over. Whoever may know the applicant declares a tie instead."""

_NEEDED = {
    HAND: Permission.CASE_ASSIGN,
    LETTER: Permission.CASE_MESSAGE,
    TASK: Permission.TASK_SET,
}


def acts_of(actor: Actor) -> list[str]:
    """What this person's roles allow at all."""
    return [act for act in ACTS if actor.has(_NEEDED[act])]


def check_may_begin(actor: Actor, act: str, cases: int) -> None:
    """Something that can be done to several, allowed to this person, to some but not too many."""
    if act not in ACTS:
        raise WrongState(sentence("Choose what is to be done."))
    check_has(actor, _NEEDED[act])
    if not cases:
        raise WrongState(sentence("No case is chosen. Tick those that you mean."))
    if cases > MOST:
        raise WrongState(sentence("At most %(most)s cases at once. Tick fewer.", most=MOST))


def check_reason(act: str, reason: str) -> None:
    """A case changes hands for a reason, which the other reads."""
    if act == HAND and reason not in HANDED:
        raise WrongState(sentence("Choose why you hand this case over."))


def check_unchanged(seen: str, now: str) -> None:
    """A letter that was looked at goes to the case that was looked at."""
    if seen != now:
        raise WrongState(
            sentence("This case changed, or a letter came or went, after it was looked at. Look at it again.")
        )
