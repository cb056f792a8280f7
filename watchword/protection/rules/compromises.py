# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of a compromise: what protected a volunteer has become known outside, and custodians answer.

Which rule holds is a code that the keeper reads; how it became known, and what was done, lies sealed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import Standing, check_not_recused
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not

PURPOSE = "compromise"
"""Under which the ledger records that a custodian reads what was said of one."""

KNOWN: Mapping[str, Sentence] = {
    "call-sign": sentence("The call sign, and that it is somebody of ours"),
    "name": sentence("The true name, and that this person is with us"),
    "both": sentence("The true name beside the call sign"),
    "unsure": sentence("Somebody has guessed, or threatens to tell"),
}
"""What is known outside."""

PRESS: Mapping[str, Sentence] = {
    "silence": sentence("Nothing is said of this person, whoever asks and whatever is published."),
    "no-call-sign": sentence(
        "The old call sign stands in no text and no list of ours. Nothing else is said."
    ),
    "as-agreed": sentence("Only the words are said that this person agreed to; custodians read them to you."),
}
"""What may be said to the press and in texts of ours. Enquiries are answered as ever: by the same words."""

NEW_CALL_SIGN = "call-sign"
MEASURES: Mapping[str, Sentence] = {
    "person": sentence("Tell this person, by voice"),
    "relatives": sentence("Look at those close to them: warn them, or help them to leave"),
    NEW_CALL_SIGN: sentence("Give a new call sign"),
    "traces": sentence("Take the old call sign out of lists, texts and plates"),
    "those-who-knew": sentence(
        "Speak with those who knew: which rule holds now, and how it may have come out"
    ),
}
"""What must be done, or found needless, before the matter is closed."""

OUTCOMES: Mapping[str, Sentence] = {
    "done": sentence("Done"),
    "needless": sentence("Not needed, or not possible: say why"),
}


@dataclass(frozen=True)
class CompromiseFacts:
    """What the rules ask. ``reported_by``: who began it; ``new_sign``: one was given since."""

    reported_by: str
    at: datetime
    ended: bool
    new_sign: bool


def check_may_report(actor: Actor, case: Standing, *, going: bool) -> None:
    """A custodian without a tie, once at a time; in a closed case too: protection does not end with it."""
    _check_custodian(actor, case)
    if case.continued_in:
        raise WrongState(sentence("This case goes on in %(code)s: work on it there.", code=case.continued_in))
    if going:
        raise WrongState(sentence("This is being answered already: go on there."))


def check_may_work(actor: Actor, case: Standing, compromise: CompromiseFacts) -> None:
    """A custodian without a tie, until it is closed."""
    _check_custodian(actor, case)
    if compromise.ended:
        raise WrongState(sentence("This is closed."))


def check_known(known: str, words: str) -> None:
    """What is known, and how that became so."""
    if known not in KNOWN:
        raise WrongState(sentence("Say what is known outside."))
    if not words.strip():
        raise WrongState(sentence("Write down where it stands or who said it, and since when."))


def check_measure(compromise: CompromiseFacts, measure: str, outcome: str, words: str) -> None:
    """One of the measures; a new call sign is done when there is one, and what is left out has a reason."""
    if measure not in MEASURES or outcome not in OUTCOMES:
        raise WrongState(sentence("There is no such measure."))
    if outcome == "needless" and not words.strip():
        raise WrongState(sentence("Say why this is not done."))
    if measure == NEW_CALL_SIGN and outcome == "done" and not compromise.new_sign:
        raise WrongState(sentence("No call sign was given to this case since: give one first."))


def check_rule(rule: str, words: str) -> None:
    """One of the rules; what a person agreed to is written down."""
    if rule not in PRESS:
        raise WrongState(sentence("There is no such rule."))
    if rule == "as-agreed" and not words.strip():
        raise WrongState(sentence("Write down the words that this person agreed to."))


def check_may_end(
    actor: Actor, case: Standing, compromise: CompromiseFacts, settled: Collection[str]
) -> None:
    """Another custodian than who began it, once nothing is left to do."""
    check_may_work(actor, case, compromise)
    if actor.id == compromise.reported_by:
        raise NotPermitted(sentence("You began this: another custodian looks whether all is done."))
    if MEASURES.keys() - set(settled):
        raise WrongState(sentence("Something is still to be done, or to be found needless."))


def _check_custodian(actor: Actor, case: Standing) -> None:
    check_has(actor, Permission.COMPROMISE_ANSWER)
    check_not_recused(actor, case.ties)


why_not_work = why_not(check_may_work)
why_not_end = why_not(check_may_end)
