# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks a whole questionnaire: nothing is asked too early, nothing in vain, nothing that cannot be sent."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from watchword.core.procedure.answers import asked_of
from watchword.core.procedure.errors import Problem
from watchword.core.procedure.parts import parts_of
from watchword.core.procedure.questionnaire import Question, Questionnaire, QuestionType, Section
from watchword.core.refusals import sentence

# Compartments and types that tell who somebody is, or whom they know. Before the Desk has answered with a
# signed letter the applicant may be at a copy of this site, so the application asks for neither.
TELLING_COMPARTMENTS = frozenset({"identity", "relatives"})
TELLING_TYPES = frozenset({QuestionType.DOCUMENT, QuestionType.PERSON})
# The first contact is sealed before there is a receipt: coarse answers, and no room for a story.
CONTACT_TYPES = frozenset({QuestionType.TEXT, QuestionType.CHOICE, QuestionType.SEVERAL, QuestionType.YES_NO})
# A form with more controls is refused by the server as an attack, with everything that was typed.
MOST_CONTROLS = 900
# Written in Cyrillic, a character of a form is six bytes on its way, and a page may have 512 KiB.
MOST_CHARACTERS = 80_000
# Of conditions that hang on one another; more than that nobody can follow, and none could be checked.
MOST_CASES = 20_000


def collecting_problems(file: str, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each question that is asked too early, never, or on a page too large to send."""
    for section in questionnaire.every_section:
        place = "contact" if section is questionnaire.contact else f"sections[{section.id}]"
        if section.asked_from is None:
            yield from _too_early(file, place, section, is_contact=section is questionnaire.contact)
        yield from _unreachable(file, f"{place}.questions", section.questions)
        yield from _wrongly_apart(file, place, section, is_contact=section is questionnaire.contact)
        if sum(_controls(question) for question in section.questions) > MOST_CONTROLS:
            what = sentence("this page would have more than %(most)s controls", most=MOST_CONTROLS)
            yield Problem(file, f"{place}.questions", what)
        if sum(_characters(question) for question in section.questions) > MOST_CHARACTERS:
            what = sentence("this page could hold more than %(most)s characters", most=MOST_CHARACTERS)
            yield Problem(file, f"{place}.questions", what)


def _too_early(file: str, place: str, section: Section, *, is_contact: bool) -> Iterator[Problem]:
    if section.compartment in TELLING_COMPARTMENTS or section.seats:
        what = sentence("this is asked after a signed letter: asked_from is missing")
        yield Problem(file, f"{place}.compartment", what)
    for question in section.questions:
        if question.compartment in TELLING_COMPARTMENTS:
            what = sentence("this is asked after a signed letter: asked_from is missing")
            yield Problem(file, f"{place}.questions[{question.id}].compartment", what)
        inner = question.group.questions if question.group else ()
        types = {question.type, *(one.type for one in inner)}
        if types & TELLING_TYPES:
            what = sentence("documents and people are asked for after a signed letter only")
            yield Problem(file, f"{place}.questions[{question.id}].type", what)
        elif is_contact and not types <= CONTACT_TYPES:
            what = sentence("the first contact only asks for short words and choices")
            yield Problem(file, f"{place}.questions[{question.id}].type", what)


def _wrongly_apart(file: str, place: str, section: Section, *, is_contact: bool) -> Iterator[Problem]:
    """Whoever reads one compartment must not learn from what was asked what was answered in another."""
    readers = {one.id: section.compartment_of(one) for one in section.questions}
    for question in section.questions:
        here = f"{place}.questions[{question.id}]"
        if question.compartment and is_contact:
            what = sentence("the first contact is sealed as one, before there is a receipt")
            yield Problem(file, f"{here}.compartment", what)
        if question.compartment and question.type is QuestionType.FILE:
            yield Problem(file, f"{here}.compartment", sentence("a file is sealed where its section is"))
        deciding = question.show_if.of if question.show_if else ()
        if any(readers[one.question] != readers[question.id] for one in deciding):
            what = sentence("this hangs on a question that other people read")
            yield Problem(file, f"{here}.show_if", what)


def _unreachable(file: str, place: str, questions: Sequence[Question]) -> Iterator[Problem]:
    for question in questions:
        if question.show_if is not None and not _can_be_asked(question, questions):
            what = sentence("no answers lead to this question")
            yield Problem(file, f"{place}[{question.id}].show_if", what)
        if question.group is not None:
            yield from _unreachable(file, f"{place}[{question.id}].questions", question.group.questions)


def _can_be_asked(question: Question, questions: Sequence[Question]) -> bool:
    """Try every answer that matters. More ticks only ever show more, so the fullest ones are enough."""
    deciding = [one for one in questions if one.id in _deciding(question, questions)]
    ways = [_fullest(one) for one in deciding]
    for number, chosen in enumerate(product(*ways)):
        if number >= MOST_CASES:
            return False
        answers = {one.id: answer for one, answer in zip(deciding, chosen, strict=True)}
        if question in asked_of(questions, answers):
            return True
    return False


def _deciding(question: Question, questions: Sequence[Question]) -> set[str]:
    """The questions on which this one hangs, directly or through another."""
    known: Mapping[str, Question] = {one.id: one for one in questions}
    found: set[str] = set()
    waiting = [question]
    while waiting:
        condition = waiting.pop().show_if
        fresh = {one.question for one in condition.of} - found if condition else set()
        found |= fresh
        waiting += [known[name] for name in fresh]
    return found


def _fullest(question: Question) -> list[tuple[str, ...]]:
    if question.type is not QuestionType.SEVERAL:
        return [(value,) for value in question.values]
    alone = {choice.id for choice in question.choices if choice.alone}
    together = tuple(value for value in question.values if value not in alone)
    return [together, *((value,) for value in question.values if value in alone)]


def _controls(question: Question) -> int:
    if question.group is not None:
        return question.group.most * sum(_controls(one) for one in question.group.questions)
    return len(parts_of(question)) or max(1, len(question.values))


def _characters(question: Question) -> int:
    if question.group is not None:
        return question.group.most * sum(_characters(one) for one in question.group.questions)
    return question.max_length or sum(part.longest for part in parts_of(question))
