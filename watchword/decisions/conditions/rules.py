# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of conditions: who reviews them, what a review may find, and when it comes up again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import check_not_recused
from watchword.core.procedure.profile import Profile
from watchword.core.refusals import NotPermitted, Sentence, WrongState, sentence, why_not
from watchword.decisions.rules import Matter


class Finding(StrEnum):
    """What a review can find. None of them changes the outcome."""

    KEPT = "kept"
    LIFTED = "lifted"
    BREACHED = "breached"


WORDS: Mapping[Finding, Sentence] = {
    Finding.KEPT: sentence("Kept, and looked at again on a later day"),
    Finding.LIFTED: sentence("Lifted: no longer needed"),
    Finding.BREACHED: sentence("Breached: the board is to decide anew"),
}


@dataclass(frozen=True)
class Conditions:
    """The conditions of the newest decision. ``last``: what a review found; ``due``: the next day."""

    due: date | None
    last: Finding | None = None

    @property
    def breached(self) -> bool:
        """Whether a decision on what follows can be proposed."""
        return self.last is Finding.BREACHED


def check_may_review(actor: Actor, case: Matter, profile: Profile, conditions: Conditions | None) -> None:
    """The keeper or a member of the board, without a tie, while conditions hold and nothing is proposed."""
    check_has(actor, Permission.DECISION_PROPOSE)
    check_not_recused(actor, case.ties)
    if actor.id != case.keeper and not actor.roles & profile.decision.vote_roles:
        raise NotPermitted(sentence("Conditions are reviewed by the keeper of the case or by the board."))
    if conditions is None:
        raise WrongState(sentence("The newest decision of this case has no conditions."))
    if conditions.last is Finding.LIFTED:
        raise WrongState(sentence("These conditions were lifted."))


why_not_review = why_not(check_may_review)


@dataclass(frozen=True)
class Said:
    """What somebody says of the conditions; ``until``: the day on which those that stay come up again."""

    finding: Finding
    words: str
    until: date | None


def check_review(actor: Actor, profile: Profile, said: Said, today: date) -> None:
    """In words; kept until a later day; and lifted only by a member of the board, which set them."""
    if not said.words.strip():
        raise WrongState(sentence("Write what you saw, in a sentence."))
    if said.finding is Finding.LIFTED and not actor.roles & profile.decision.vote_roles:
        raise NotPermitted(sentence("What the board set, a member of the board lifts."))
    if said.finding is Finding.KEPT and (said.until is None or said.until <= today):
        raise WrongState(sentence("Give a day in the future on which this is looked at again."))
    if said.finding is not Finding.KEPT and said.until is not None:
        raise WrongState(sentence("Only conditions that stay come up again: leave the day empty."))
