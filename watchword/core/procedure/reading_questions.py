# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the questions of a section, or of one entry of a list, each with what its type needs."""

from collections.abc import Collection, Mapping, Sequence

from watchword.core.procedure.conditions import Chosen, Condition
from watchword.core.procedure.questionnaire import LISTING, Choice, Group, Question, QuestionType
from watchword.core.procedure.tables import Table
from watchword.core.refusals import sentence

# Generous for a frightened person who writes a lot, small enough that a section stays one small parcel.
LONGEST_TEXT = 20_000
MOST_ENTRIES = 60
WRITTEN = (QuestionType.TEXT, QuestionType.LONG_TEXT)
_TYPES = {kind.value: kind for kind in QuestionType}
_IN_A_GROUP = {name: kind for name, kind in _TYPES.items() if name not in ("group", "file", "consent")}


def read_questions(
    table: Table, compartments: Collection[str] | None, types: Mapping[str, QuestionType] = _TYPES
) -> tuple[Question, ...]:
    """Read the list ``questions`` of ``table``; a condition may name those before it.

    Each may name one of ``compartments``; without those none can, as in a list, which is sealed whole.
    """
    rows = table.tables("questions")
    if not rows:
        table.note("questions", sentence("the list is empty"))
    questions: list[Question] = []
    for row in rows:
        questions.append(_read_question(row, questions, compartments, types))
    return tuple(questions)


def _read_question(
    table: Table,
    earlier: Sequence[Question],
    compartments: Collection[str] | None,
    types: Mapping[str, QuestionType],
) -> Question:
    kind = types.get(table.name("type", among=types), QuestionType.TEXT)
    question = Question(
        id=table.name("id"),
        type=kind,
        label=table.text("label"),
        hint=table.text("hint"),
        required=table.flag("required"),
        choices=tuple(_read_choice(row) for row in table.tables("choices")),
        max_length=_read_length(table, kind),
        show_if=_read_condition(table.table("show_if"), earlier) if table.has("show_if") else None,
        about=table.flag("about"),
        group=_read_group(table) if kind is QuestionType.GROUP else None,
        compartment=_read_compartment(table, compartments),
    )
    if (kind in LISTING) is not bool(question.choices):
        what = "choices belong to the types choice and several, person and document, and to no other"
        table.note("choices", sentence(what))
    if question.about and kind is not QuestionType.DATE:
        table.note("about", sentence("only a date can be a guess"))
    table.refuse_unknown()
    return question


def _read_compartment(table: Table, compartments: Collection[str] | None) -> str | None:
    if compartments is None or not table.has("compartment"):
        return None
    return table.name("compartment", among=compartments)


def _read_group(table: Table) -> Group:
    """A list in a list would be a page that nobody can fill in, so it has plain questions only."""
    questions = read_questions(table, None, _IN_A_GROUP)
    periods = [question.id for question in questions if question.type is QuestionType.PERIOD]
    most = table.integer("most", least=1)
    if most > MOST_ENTRIES:
        table.note("most", sentence("at most %(most)s entries fit on a page", most=MOST_ENTRIES))
    group = Group(
        questions=questions,
        entry=table.text("entry"),
        most=most,
        ordered_by=table.name("ordered_by", among=periods) if table.has("ordered_by") else None,
        gap_months=table.optional_integer("gap_months", least=1),
        years=table.optional_integer("years", least=1),
    )
    for key in ("gap_months", "years"):
        if table.has(key) and not (table.has("ordered_by") and table.has("gap_months")):
            table.note(key, sentence("gaps are only seen where there is ordered_by, and gap_months"))
    return group


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
    """One question and its answers, or a list of such: ``all`` must be met, or ``any`` of them."""
    lists = [key for key in ("all", "any") if table.has(key)]
    rows = table.tables(lists[0]) if lists else [table]
    condition = Condition(tuple(_read_chosen(row, earlier) for row in rows), every="any" not in lists)
    if len(lists) > 1 or not rows:
        table.note(lists[-1], sentence("one list of conditions is needed here, and not an empty one"))
    if lists:
        table.refuse_unknown()
    return condition


def _read_chosen(table: Table, earlier: Sequence[Question]) -> Chosen:
    asked = {question.id: question for question in earlier}
    name = table.name("question", among=asked)
    answers = table.names("answers", among=asked[name].values if name in asked else None)
    table.refuse_unknown()
    return Chosen(name, frozenset(answers))
