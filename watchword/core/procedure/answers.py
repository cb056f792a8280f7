# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges what was typed into a section: what is asked at all, what is missing, and its one clean form."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from watchword.core.procedure import dates
from watchword.core.procedure.questionnaire import Question, QuestionType, Section
from watchword.core.refusals import Sentence, sentence

# One answer: words or the id of a choice; several ids, in the order of the choices, for “several”.
Answer: TypeAlias = str | tuple[str, ...]
Answers: TypeAlias = Mapping[str, Answer]
Typed: TypeAlias = Mapping[str, str | Sequence[str]]


_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Checked:
    """What became of one section: its clean answers, and a sentence for each bad one, both by question."""

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
    shown: dict[str, Question] = {}
    for question in section.questions:
        condition = question.show_if
        if condition is not None and condition.question not in shown:
            continue
        if condition is None or condition.answers.intersection(_ticked(answers.get(condition.question))):
            shown[question.id] = question
    return tuple(shown.values())


def validate(section: Section, typed: Typed) -> Checked:
    """Judge a section as it came from a form.

    Conditions are decided here, whatever the form showed: an answer to a question that is not asked is
    dropped, and so is whatever belongs to no question. A file is no answer: it is sealed by itself.
    """
    cleaned: dict[str, Answer] = {}
    errors: dict[str, Sentence] = {}
    for question in asked(section, typed):
        if question.type is QuestionType.FILE:
            continue
        given = typed.get(question.id)
        answer = _choose(question, given) if question.values else _write(given)
        fault = _fault(question, given, answer)
        if fault is not None:
            errors[question.id] = fault
        elif answer:
            cleaned[question.id] = _in_one_form(question, answer)
    return Checked(cleaned, errors)


def _ticked(given: str | Sequence[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _choose(question: Question, given: str | Sequence[str] | None) -> Answer:
    ticked = {one for one in _ticked(given) if one}
    if question.type is QuestionType.SEVERAL:
        return tuple(value for value in question.values if value in ticked)
    return next((value for value in question.values if value in ticked), "")


def _write(given: str | Sequence[str] | None) -> str:
    """Return written words in one form: composed characters, plain line ends, no blank edges."""
    words = given if isinstance(given, str) else ""
    seen = "".join(sign for sign in _LINE_END.sub("\n", words) if _is_seen(sign))
    return unicodedata.normalize("NFC", seen).strip()


def _in_one_form(question: Question, answer: Answer) -> Answer:
    """Return a date in its one spelling, so that whoever compares it need not guess; all else as it is."""
    return dates.one_form(str(answer)) if question.type is QuestionType.DATE else answer


def _is_seen(sign: str) -> bool:
    """Tell what to keep: control signs come with pasted text, and those of direction can disguise words."""
    return sign in "\n\t" or (unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in _DIRECTIONS)


def _fault(question: Question, given: str | Sequence[str] | None, answer: Answer) -> Sentence | None:
    if question.values:
        fault = _fault_of_choice(question, {one for one in _ticked(given) if one})
    else:
        fault = _fault_of_words(question, given, str(answer))
    if fault is None and question.required and not answer:
        return _asked_again(question)
    return fault


def _asked_again(question: Question) -> Sentence:
    if question.type is QuestionType.SEVERAL:
        return sentence("Choose at least one answer.")
    return (
        sentence("Choose one answer.")
        if question.values
        else sentence("Write an answer. A few words are enough.")
    )


def _fault_of_choice(question: Question, ticked: set[str]) -> Sentence | None:
    if ticked.difference(question.values):
        return sentence("Choose among the answers that are shown.")
    if question.type is not QuestionType.SEVERAL and len(ticked) > 1:
        return sentence("Choose only one answer.")
    if len(ticked) > 1 and any(choice.alone and choice.id in ticked for choice in question.choices):
        return sentence("Two of the answers you chose contradict each other.")
    return None


def _fault_of_words(question: Question, given: str | Sequence[str] | None, words: str) -> Sentence | None:
    if given is not None and not isinstance(given, str):
        return sentence("Write one answer.")
    if question.type is QuestionType.DATE:
        return dates.fault(words) if words else None
    if len(words) > question.max_length:
        return sentence(
            "This is too long: %(length)s characters. At most %(most)s fit.",
            length=len(words),
            most=question.max_length,
        )
    if question.type is QuestionType.TEXT and "\n" in words:
        return sentence("Write this on one line.")
    return None
