# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the questionnaire of a profile."""

from collections.abc import Collection, Sequence

from watchword.core.procedure.questionnaire import (
    Choice,
    Condition,
    Question,
    Questionnaire,
    QuestionType,
    Section,
)
from watchword.core.procedure.tables import Table
from watchword.core.refusals import sentence

# Generous for a frightened person who writes a lot, small enough that a section stays one small parcel.
LONGEST_TEXT = 20_000
CHOOSING = (QuestionType.CHOICE, QuestionType.SEVERAL)
WRITTEN = (QuestionType.TEXT, QuestionType.LONG_TEXT)


def read_questionnaire(table: Table, compartments: Collection[str], stages: Collection[str]) -> Questionnaire:
    """Read a parsed ``questionnaire.toml``; what is asked later names one of ``stages``."""
    contact = _read_section(table.table("contact"), compartments)
    rows = [(row, _read_section(row, compartments, stages)) for row in table.tables("sections")]
    for row, section in rows:
        _note_file_asked_later(row, section)
    written = [section for _, section in rows]
    if contact.id in {section.id for section in written}:
        table.note("sections", sentence("“%(name)s” stands here twice", name=contact.id))
    sections = tuple(section for section in written if section.asked_from is None)
    if not sections:
        table.note("sections", sentence("the list is empty"))
    return Questionnaire(contact, sections, tuple(one for one in written if one.asked_from is not None))


def _note_file_asked_later(table: Table, section: Section) -> None:
    """A file comes with the application: what is asked for later is one page that is sealed at once."""
    if section.asked_from and any(question.type is QuestionType.FILE for question in section.questions):
        table.note("asked_from", sentence("a file can only be part of the application"))


def _read_section(table: Table, compartments: Collection[str], stages: Collection[str] = ()) -> Section:
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
        asked_from=table.name("asked_from", among=stages) if table.has("asked_from") else None,
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
