# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shows the answers of a section to whoever may read them, in the reader's language."""

from dataclasses import dataclass

from watchword.core.procedure.answers import Answer, Answers
from watchword.core.procedure.questionnaire import Question, QuestionType, Section
from watchword.core.procedure.text import Text

YES_NO_WORDS = {"yes": Text("Yes", "Так", "Да"), "no": Text("No", "Ні", "Нет")}


@dataclass(frozen=True)
class Line:
    """One question and its answer, in words. ``answered`` is false for a question left open."""

    label: str
    answer: str
    answered: bool = True


def readable(section: Section, answers: Answers, language: str) -> tuple[Line, ...]:
    """Return a line for each question that was answered or had to be, in the order they were asked.

    What belongs to no question is shown by its bare name: a reader must see everything that was sealed.
    Written answers stay in the language in which they were given.
    """
    lines = [
        _line(question, answers.get(question.id), language)
        for question in section.questions
        if question.id in answers or (question.show_if is None and question.type is not QuestionType.FILE)
    ]
    strange = [name for name in answers if section.question(name) is None]
    return (*lines, *(Line(name, _join(answers[name])) for name in strange))


def _line(question: Question, answer: Answer | None, language: str) -> Line:
    label = question.label.in_language(language)
    if answer is None:
        return Line(label, "", answered=False)
    if question.type is QuestionType.YES_NO and isinstance(answer, str) and answer in YES_NO_WORDS:
        return Line(label, YES_NO_WORDS[answer].in_language(language))
    titles = {choice.id: choice.title.in_language(language) for choice in question.choices}
    if not titles:
        return Line(label, _join(answer))
    chosen = (answer,) if isinstance(answer, str) else answer
    return Line(label, "; ".join(titles.get(one, one) for one in chosen))


def _join(answer: Answer) -> str:
    return answer if isinstance(answer, str) else "; ".join(answer)
