# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an editor should mend although it could be asked: texts that are too long, or not translated."""

from collections.abc import Iterator, Sequence

from watchword.core.procedure.errors import Problem
from watchword.core.procedure.questionnaire import Question, Questionnaire, Section
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import sentence

# Characters, in any language. Who is afraid reads the first line, perhaps the second.
LONGEST = {"title": 80, "intro": 480, "label": 130, "hint": 330, "entry": 30, "choice": 130}


def editing_problems(file: str, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each text that is too long to be read, or the same in two languages."""
    for section in questionnaire.every_section:
        place = "contact" if section is questionnaire.contact else f"sections[{section.id}]"
        yield from _section(file, place, section)


def _section(file: str, place: str, section: Section) -> Iterator[Problem]:
    yield from _text(file, f"{place}.title", section.title, LONGEST["title"])
    yield from _text(file, f"{place}.intro", section.intro, LONGEST["intro"])
    yield from _questions(file, f"{place}.questions", section.questions)


def _questions(file: str, place: str, questions: Sequence[Question]) -> Iterator[Problem]:
    for question in questions:
        here = f"{place}[{question.id}]"
        yield from _text(file, f"{here}.label", question.label, LONGEST["label"])
        yield from _text(file, f"{here}.hint", question.hint, LONGEST["hint"])
        for choice in question.choices:
            yield from _text(file, f"{here}.choices[{choice.id}].title", choice.title, LONGEST["choice"])
        if question.group is not None:
            yield from _text(file, f"{here}.entry", question.group.entry, LONGEST["entry"])
            yield from _questions(file, f"{here}.questions", question.group.questions)


def _text(file: str, place: str, text: Text, longest: int) -> Iterator[Problem]:
    for code in LANGUAGES:
        words = text.in_language(code)
        if len(words) > longest:
            what = sentence(
                "%(length)s characters; at most %(most)s are read", length=len(words), most=longest
            )
            yield Problem(file, f"{place}.{code}", what)
        if code != "en" and words == text.en and any(sign.isalpha() for sign in words):
            yield Problem(file, f"{place}.{code}", sentence("this is the English text"))
