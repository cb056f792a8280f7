# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the applicant is asked: sections that are sealed apart, their questions, and when each is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from watchword.core.procedure.conditions import Condition
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotFound, sentence


class QuestionType(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    PERIOD = "period"
    PLACE = "place"
    PERSON = "person"
    DOCUMENT = "document"
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"
    CONSENT = "consent"
    FILE = "file"
    GROUP = "group"


YES_NO = ("yes", "no")
CONSENT = ("given", "refused")
# The types that choose among what the profile lists; of a person it is the role, of a document the kind.
LISTING = frozenset({QuestionType.CHOICE, QuestionType.SEVERAL, QuestionType.PERSON, QuestionType.DOCUMENT})


@dataclass(frozen=True)
class Choice:
    """One answer to choose. ``alone``: it cannot be ticked with others, like “none of these”."""

    id: str
    title: Text
    alone: bool


@dataclass(frozen=True)
class Group:
    """Questions that are asked again for each entry of a list, such as the places somebody lived in.

    ``entry`` names one entry, ``most`` is how many there may be. ``ordered_by`` is the question, a period,
    that puts them in order of time; then a stretch of more than ``gap_months`` with nothing written is
    pointed out, also at the ends of the last ``years`` if these are told.
    """

    questions: tuple["Question", ...]
    entry: Text
    most: int
    ordered_by: str | None = None
    gap_months: int | None = None
    years: int | None = None


@dataclass(frozen=True)
class Question:
    """One question. ``hint`` says why it is asked. ``max_length`` counts characters of written answers.

    ``about``: a date may be marked as a guess. ``group``: what is asked for each entry, for that type.
    ``compartment``: to whose readers the answer is sealed, where these are not the readers of its section.
    """

    id: str
    type: QuestionType
    label: Text
    hint: Text
    required: bool
    choices: tuple[Choice, ...]
    max_length: int
    show_if: Condition | None
    about: bool = False
    group: Group | None = None
    compartment: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen, in order, where choosing is all there is to it; else empty."""
        fixed = {QuestionType.YES_NO: YES_NO, QuestionType.CONSENT: CONSENT}
        if self.type in (QuestionType.CHOICE, QuestionType.SEVERAL):
            return tuple(choice.id for choice in self.choices)
        return fixed.get(self.type, ())


@dataclass(frozen=True)
class Section:
    """Questions answered on one page and sealed into ``compartment``, or each into its own where it has one.

    ``intro`` says why the section is asked and who will read it. ``asked_from``: the stage from which the
    Desk asks for it in a signed letter; None for a part of the application. ``seats``: who gets a share, if
    one of its compartments is in custody.
    """

    id: str
    title: Text
    intro: Text
    compartment: str
    questions: tuple[Question, ...]
    asked_from: str | None = None
    seats: tuple[str, ...] = ()

    @property
    def must_be_sent(self) -> bool:
        """Whether an application without this section is incomplete."""
        return any(question.required and question.show_if is None for question in self.questions)

    @property
    def compartments(self) -> tuple[str, ...]:
        """Its own compartment, then those of single questions."""
        apart = dict.fromkeys(question.compartment for question in self.questions if question.compartment)
        return (self.compartment, *(one for one in apart if one != self.compartment))

    @property
    def sealed_into(self) -> tuple[str, ...]:
        """Every compartment that gets an entry of this page: those of its answers, then the seats."""
        return (*self.compartments, *self.seats)

    def compartment_of(self, question: Question) -> str:
        """To whose readers the answer to one of its questions is sealed."""
        return question.compartment or self.compartment

    def question(self, name: str) -> Question | None:
        """Return the question of this id, if there is one."""
        return next((question for question in self.questions if question.id == name), None)


@dataclass(frozen=True)
class Questionnaire:
    """``contact`` is asked before there is a receipt and asks for no name; ``sections`` come after it.

    Both make the application. What is ``later`` is asked for by the Desk, once the case is so far.
    """

    contact: Section
    sections: tuple[Section, ...]
    later: tuple[Section, ...] = ()

    @property
    def application(self) -> tuple[Section, ...]:
        """The sections of an application, in the order in which they are asked."""
        return (self.contact, *self.sections)

    @property
    def every_section(self) -> tuple[Section, ...]:
        """All sections in the order in which they are asked."""
        return (*self.application, *self.later)

    def section(self, name: str) -> Section:
        """Return a section by id. Raises NotFound."""
        for section in self.every_section:
            if section.id == name:
                return section
        raise NotFound(sentence("There is no such part of the questionnaire."))

    def titles_to_be_sent(self) -> Mapping[str, Text]:
        """Return the titles, by id, of every section without which an application is incomplete."""
        return {section.id: section.title for section in self.application if section.must_be_sent}

    def titles_to_correct(self) -> Mapping[str, Text]:
        """Return the titles, by id, of every section of an application that is written and not a file."""
        return {
            section.id: section.title
            for section in self.application
            if any(question.type is not QuestionType.FILE for question in section.questions)
        }

    def titles_later(self) -> Mapping[str, Text]:
        """Return the titles, by id, of every section that the Desk asks for."""
        return {section.id: section.title for section in self.later}
