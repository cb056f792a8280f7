# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must be true of a case before an exit of its stage opens: a small vocabulary, written as strings.

opened:routing                               a compartment was opened
letter:countersign                           a letter of this template was sent
sections-received                            every section that must be answered has arrived
lodged:identity                              this section, which the Desk asks for, has arrived
evidence:interview>=2 different              evidence, here by two different people
evidence:medical>=1 or medical-waiver>=1     one kind or another
no-open-question                             no question to the applicant waits for an answer
proposal:accept                              a proposal of this outcome was countersigned
reply-or-days:30                             the applicant replied, or had this many days to do so
days:30  silent:60                           days in this stage; days since the applicant's last word
replied  no-reply                            the applicant wrote in this stage, or did not
breach                                       the last review of the conditions found a breach
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from watchword.core.procedure.text import Text
from watchword.core.procedure.wording import either, listed
from watchword.core.refusals import Sentence, counted, sentence


@dataclass(frozen=True)
class CaseFacts:
    """All that the transition logic may know of a case: codes and counts, nothing of what was said.

    ``evidence`` maps a kind to the staff who recorded its items, one entry an item. Items by the ``recused``
    do not count. ``countersigned`` is the outcome of the proposal countersigned in this stage, if there is
    one. ``replied`` and ``days_in_stage`` count from the day the stage began, ``days_silent`` from the
    applicant's last word. ``breached``: the last review of the conditions said so.
    """

    opened: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recused: frozenset[str] = frozenset()
    open_questions: int = 0
    countersigned: str | None = None
    replied: bool = False
    days_in_stage: int = 0
    days_silent: int = 0
    breached: bool = False


class Need(Protocol):
    """One condition of an exit."""

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Return what is missing, in a sentence; None when the need is met."""


@dataclass(frozen=True)
class Opened:
    """The compartment was opened, and so read by somebody."""

    compartment: str
    title: Text

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Ask for the compartment to be read first."""
        if self.compartment in facts.opened:
            return None
        return sentence("Nobody has opened “%(compartment)s” yet.", compartment=self.title)


@dataclass(frozen=True)
class LetterSent:
    """A letter of this template is in the applicant's mailbox."""

    letter: str
    title: Text

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Ask for the letter."""
        if self.letter in facts.letters:
            return None
        return sentence("The letter “%(letter)s” has not been sent yet.", letter=self.title)


@dataclass(frozen=True)
class SectionsReceived:
    """Every section that must be answered has arrived. ``sections``: their ids and titles."""

    sections: tuple[tuple[str, Text], ...]

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Name the sections that the applicant still has to send."""
        waiting = [title for section, title in self.sections if section not in facts.sections]
        if not waiting:
            return None
        return sentence("The applicant has not sent these parts yet: %(sections)s.", sections=listed(waiting))


@dataclass(frozen=True)
class Lodged:
    """A section that the Desk asked for is here, in whatever revision."""

    section: str
    title: Text

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Say what the applicant was asked for and has not sent."""
        if self.section in facts.sections:
            return None
        return sentence(
            "The applicant was asked for “%(section)s” and has not sent it yet.", section=self.title
        )


@dataclass(frozen=True)
class Recorded:
    """At least ``count`` items of one kind, if ``different`` by that many different people."""

    kind: str
    title: Text
    count: int
    different: bool

    def have(self, facts: CaseFacts) -> int:
        """Count what there is: items, or people where they must be different; never those of the recused."""
        people = [person for person in facts.evidence.get(self.kind, ()) if person not in facts.recused]
        return len(set(people)) if self.different else len(people)

    def wanted(self, facts: CaseFacts) -> Sentence:
        """Say how many there are of how many."""
        if self.different:
            return sentence("“%(kind)s” by different people (%(have)s of %(count)s)", **self._numbers(facts))
        return sentence("“%(kind)s” (%(have)s of %(count)s)", **self._numbers(facts))

    def _numbers(self, facts: CaseFacts) -> dict[str, object]:
        return {"kind": self.title, "have": self.have(facts), "count": self.count}


@dataclass(frozen=True)
class AnyEvidence:
    """One of several kinds of evidence is there in full: the thing itself, or its recorded waiver."""

    options: tuple[Recorded, ...]

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Say what could still be recorded."""
        if any(option.have(facts) >= option.count for option in self.options):
            return None
        return sentence(
            "Still to be recorded: %(evidence)s.",
            evidence=either([one.wanted(facts) for one in self.options]),
        )


@dataclass(frozen=True)
class NoOpenQuestion:
    """No question waits for the applicant's answer: a contradiction is put to them before it counts."""

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Count the open questions."""
        if not facts.open_questions:
            return None
        return counted(
            "The applicant has not answered %(count)s question yet.",
            "The applicant has not answered %(count)s questions yet.",
            facts.open_questions,
            count=facts.open_questions,
        )


@dataclass(frozen=True)
class Countersigned:
    """A proposal of this outcome was voted on and countersigned by a second person."""

    outcome: str
    title: Text

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Ask for the board's countersigned decision."""
        if facts.countersigned == self.outcome:
            return None
        return sentence("No proposal “%(outcome)s” has been countersigned.", outcome=self.title)


@dataclass(frozen=True)
class ReplyOrDays:
    """The applicant replied in this stage, or had ``days`` to do so."""

    days: int

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Say how much of their time the applicant still has."""
        if facts.replied or facts.days_in_stage >= self.days:
            return None
        left = self.days - facts.days_in_stage
        return counted(
            "The applicant has not replied and may still do so for %(days)s day.",
            "The applicant has not replied and may still do so for %(days)s days.",
            left,
            days=left,
        )


@dataclass(frozen=True)
class Days:
    """The case has been in this stage for ``days``."""

    days: int

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Say how many days are left."""
        if facts.days_in_stage >= self.days:
            return None
        left = self.days - facts.days_in_stage
        return counted(
            "The time of this stage runs for %(days)s day more.",
            "The time of this stage runs for %(days)s days more.",
            left,
            days=left,
        )


@dataclass(frozen=True)
class Silent:
    """The applicant has not been heard of for ``days``."""

    days: int

    def missing(self, facts: CaseFacts) -> Sentence | None:
        """Say how much longer to wait."""
        if facts.days_silent >= self.days:
            return None
        left = self.days - facts.days_silent
        return counted(
            "It is too early to take silence for an answer: wait %(days)s day more.",
            "It is too early to take silence for an answer: wait %(days)s days more.",
            left,
            days=left,
        )
