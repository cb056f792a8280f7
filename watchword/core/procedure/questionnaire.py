# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the applicant is asked: sections that are sealed apart, their questions, and when each is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import NotFound, sentence

# Generous for a frightened person who writes a lot, small enough that a section stays one small parcel.
LONGEST_TEXT = 20_000


class QuestionType(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    SEVERAL = "several"
    YES_NO = "yes_no"
    FILE = "file"


YES_NO = ("yes", "no")
CHOOSING = (QuestionType.CHOICE, QuestionType.SEVERAL)
WRITTEN = (QuestionType.TEXT, QuestionType.LONG_TEXT)


@dataclass(frozen=True)
class Choice:
    """One answer to choose. ``alone``: it cannot be ticked with others, like “none of these”."""

    id: str
    title: Text
    alone: bool


@dataclass(frozen=True)
class Condition:
    """Asked only when an earlier question of the same section was answered with one of ``answers``.

    Never a question of another section: whoever reads one compartment must not learn what another holds.
    """

    question: str
    answers: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One question. ``hint`` says why it is asked. ``max_length`` counts characters of written answers."""

    id: str
    type: QuestionType
    label: Text
    hint: Text
    required: bool
    choices: tuple[Choice, ...]
    max_length: int
    show_if: Condition | None

    @property
    def values(self) -> tuple[str, ...]:
        """The answers that can be chosen, in order; empty for written answers and files."""
        return YES_NO if self.type is QuestionType.YES_NO else tuple(choice.id for choice in self.choices)


@dataclass(frozen=True)
class Section:
    """Questions answered on one page and sealed into one compartment.

    ``intro`` says why the section is asked and who will read it.
    """

    id: str
    title: Text
    intro: Text
    compartment: str
    questions: tuple[Question, ...]

    @property
    def must_be_sent(self) -> bool:
        """Whether an application without this section is incomplete."""
        return any(question.required and question.show_if is None for question in self.questions)

    def question(self, name: str) -> Question | None:
        """Return the question of this id, if there is one."""
        return next((question for question in self.questions if question.id == name), None)


@dataclass(frozen=True)
class Questionnaire:
    """``contact`` is asked before there is a receipt and asks for no name; ``sections`` come after it."""

    contact: Section
    sections: tuple[Section, ...]

    @property
    def every_section(self) -> tuple[Section, ...]:
        """All sections in the order in which they are asked."""
        return (self.contact, *self.sections)

    def section(self, name: str) -> Section:
        """Return a section by id. Raises NotFound."""
        for section in self.every_section:
            if section.id == name:
                return section
        raise NotFound(sentence("There is no such part of the questionnaire."))

    def titles_to_be_sent(self) -> Mapping[str, Text]:
        """Return the titles, by id, of every section without which an application is incomplete."""
        return {section.id: section.title for section in self.every_section if section.must_be_sent}


def read_questionnaire(table: Table, compartments: Collection[str]) -> Questionnaire:
    """Read a parsed ``questionnaire.toml``."""
    contact = _read_section(table.table("contact"), compartments)
    sections = tuple(_read_section(row, compartments) for row in table.tables("sections"))
    if contact.id in {section.id for section in sections}:
        table.note("sections", sentence("“%(name)s” stands here twice", name=contact.id))
    if not sections:
        table.note("sections", sentence("the list is empty"))
    return Questionnaire(contact, sections)


def _read_section(table: Table, compartments: Collection[str]) -> Section:
    rows = table.tables("questions")
    if not rows:
        table.note("questions", sentence("the list is empty"))
    questions: list[Question] = []
    for row in rows:
        questions.append(_read_question(row, questions))
    section = Section(
        id=table.name("id"),
        title=table.text("title"),
        intro=table.text("intro"),
        compartment=table.name("compartment", among=compartments),
        questions=tuple(questions),
    )
    table.refuse_unknown()
    return section


def _read_question(table: Table, earlier: Sequence[Question]) -> Question:
    kind = _read_type(table)
    question = Question(
        id=table.name("id"),
        type=kind,
        label=table.text("label"),
        hint=table.text("hint"),
        required=table.flag("required"),
        choices=tuple(_read_choice(row) for row in table.tables("choices")),
        max_length=_read_length(table, kind),
        show_if=_read_condition(table.table("show_if"), earlier) if table.has("show_if") else None,
    )
    if (kind in CHOOSING) is not bool(question.choices):
        table.note("choices", sentence("choices belong to the types choice and several, and to no other"))
    table.refuse_unknown()
    return question


def _read_type(table: Table) -> QuestionType:
    known = {kind.value: kind for kind in QuestionType}
    return known.get(table.name("type", among=known), QuestionType.TEXT)


def _read_length(table: Table, kind: QuestionType) -> int:
    default = {QuestionType.TEXT: 300, QuestionType.LONG_TEXT: 8_000}.get(kind, 0)
    length = table.optional_integer("max_length", least=1)
    if length is not None and (kind not in WRITTEN or length > LONGEST_TEXT):
        table.note(
            "max_length", sentence("only written answers have a length, at most %(most)s", most=LONGEST_TEXT)
        )
    return default if length is None else length


def _read_choice(table: Table) -> Choice:
    choice = Choice(table.name("id"), table.text("title"), table.flag("alone"))
    table.refuse_unknown()
    return choice


def _read_condition(table: Table, earlier: Sequence[Question]) -> Condition:
    asked = {question.id: question for question in earlier}
    name = table.name("question", among=asked)
    answers = table.names("answers", among=asked[name].values if name in asked else None)
    table.refuse_unknown()
    return Condition(name, frozenset(answers))
