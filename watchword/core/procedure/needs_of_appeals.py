# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must be true before an appeal is taken up or its time ends, or an acceptance is looked at anew."""

from dataclasses import dataclass

from watchword.core.procedure.needs import CaseFacts, LetterSent
from watchword.core.refusals import Sentence, sentence


@dataclass(frozen=True)
class AnyLetter:
    """One of several letters is in the mailbox: a refusal has been announced in one way or another."""

    options: tuple[LetterSent, ...]

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Ask for the first, which is the usual one."""
        reasons = [one.missing(facts) for one in self.options]
        return None if None in reasons else reasons[0]


@dataclass(frozen=True)
class Replied:
    """The applicant has written since the stage began."""

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Ask for a letter of the applicant."""
        return None if facts.replied else sentence("The applicant has not written in this stage.")


@dataclass(frozen=True)
class NoReply:
    """The applicant has not written since the stage began: nobody's appeal is passed over."""

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Point at the letter."""
        if not facts.replied:
            return None
        return sentence("The applicant has written in this stage, and that is taken for an appeal.")


@dataclass(frozen=True)
class Breached:
    """The last review of the conditions says that one was breached."""

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Ask for that review."""
        return None if facts.breached else sentence("No review says that a condition was breached.")
