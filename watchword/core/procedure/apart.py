# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page, several seals: which of its answers go to which readers, and which stand among the wrong ones."""

from collections.abc import Collection

from watchword.core.procedure.answers import Answers
from watchword.core.procedure.questionnaire import Question, Section


def parted(section: Section, answers: Answers) -> dict[str, Answers]:
    """Return what is sealed into each compartment of ``section``, in their order.

    Each has its part, also one without any answer: if it came only with answers, whoever sees that it is
    there would learn that this applicant had something to say to the doctor.
    """
    return {one: belonging(section, answers, one) for one in section.compartments}


def belonging(section: Section, answers: Answers, compartment: str) -> Answers:
    """Return those of ``answers`` that may be read where ``compartment`` is read.

    What belongs to no question is left in: a reader must see everything that was sealed.
    """
    elsewhere = {question.id for question in _elsewhere(section, {compartment})}
    return {name: answer for name, answer in answers.items() if name not in elsewhere}


def strayed(section: Section, answers: Answers, compartment: str) -> tuple[Question, ...]:
    """Return the questions whose answers were sealed into ``compartment`` and belong to other readers.

    No program of ours does that. A hand-made parcel may, or a Gate in hostile hands that would like to have a
    health answer read by all who read the story.
    """
    return tuple(question for question in _elsewhere(section, {compartment}) if question.id in answers)


def read_by_others(section: Section, compartments: Collection[str]) -> tuple[Question, ...]:
    """Return the questions whose answers are in none of ``compartments``."""
    return _elsewhere(section, compartments)


def _elsewhere(section: Section, compartments: Collection[str]) -> tuple[Question, ...]:
    return tuple(one for one in section.questions if section.compartment_of(one) not in compartments)
