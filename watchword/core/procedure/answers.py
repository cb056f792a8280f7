# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges what was typed into a section: what is asked at all, what is missing, and its one clean form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from watchword.core.procedure import chronology
from watchword.core.procedure.faults import fault
from watchword.core.procedure.judging import Answer, judge
from watchword.core.procedure.questionnaire import Group, Question, QuestionType, Section
from watchword.core.procedure.typed import Given, Typed, is_blank
from watchword.core.refusals import Sentence, WrongState

Answers: TypeAlias = Mapping[str, Answer]


@dataclass(frozen=True)
class Checked:
    """What became of one section: its clean answers by question, and a sentence for each bad one.

    A fault inside a list is named by the control where it was typed, ``periods.2.when``.
    """

    cleaned: Answers
    errors: Mapping[str, Sentence]

    @property
    def sound(self) -> bool:
        """Whether the section may be sealed."""
        return not self.errors


def asked(section: Section, answers: Typed) -> tuple[Question, ...]:
    """Return the questions whose conditions hold, given clean or typed ``answers``.

    A question whose condition hangs on a question that is itself not asked is not asked either.
    """
    return asked_of(section.questions, answers)


def asked_of(questions: Sequence[Question], answers: Typed) -> tuple[Question, ...]:
    """The same for questions in their order, those of a section or of one entry of a list."""
    shown: list[Question] = []
    ticked: dict[str, frozenset[str]] = {}
    for question in questions:
        if question.show_if is None or question.show_if.holds(ticked):
            shown.append(question)
            ticked[question.id] = _ticked(answers.get(question.id))
    return tuple(shown)


def validate(section: Section, typed: Typed) -> Checked:
    """Judge a section as it came from a form.

    Conditions are decided here, whatever the form showed: an answer to a question that is not asked is
    dropped, and so is whatever belongs to no question. A file is no answer: it is sealed by itself.
    """
    return _validate(section.questions, typed)


def _validate(questions: Sequence[Question], typed: Typed) -> Checked:
    cleaned: dict[str, Answer] = {}
    errors: dict[str, Sentence] = {}
    for question in asked_of(questions, typed):
        if question.type is QuestionType.FILE:
            continue
        answer, faults = _judge(question, typed.get(question.id))
        errors |= faults
        if answer and not faults:
            cleaned[question.id] = answer
    return Checked(cleaned, errors)


def _judge(question: Question, given: Given | None) -> tuple[Answer, dict[str, Sentence]]:
    if question.group is not None:
        return _entries(question, question.group, given)
    try:
        return judge(question, given), {}
    except WrongState as refused:
        return "", {question.id: refused.reason}


def _entries(
    question: Question, group: Group, given: Given | None
) -> tuple[tuple[Answer, ...], dict[str, Sentence]]:
    """Judge each entry by itself, pass over the blank ones, and put the rest in order of time."""
    rows = () if given is None or isinstance(given, str | Mapping) else given
    entries: list[Answers] = []
    errors: dict[str, Sentence] = {}
    for number, row in enumerate(rows):
        if is_blank(row):
            continue
        checked = _validate(group.questions, row if isinstance(row, Mapping) else {})
        entries.append(checked.cleaned)
        errors |= {f"{question.id}.{number}.{name}": reason for name, reason in checked.errors.items()}
    if len(entries) > group.most:
        errors[question.id] = fault("too_many", most=group.most)
    if not entries and question.required:
        errors[question.id] = fault("no_entry")
    # An entry of which nothing is asked any more says nothing.
    return tuple(chronology.ordered(group, [one for one in entries if one])), errors


def _ticked(given: Given | None) -> frozenset[str]:
    if given is None or isinstance(given, Mapping):
        return frozenset()
    return frozenset((given,) if isinstance(given, str) else (one for one in given if isinstance(one, str)))
