# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts an applicant together from what custodians released, in memory and for a moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchword.cases.services.corrections import answers_in
from watchword.core.procedure import Answer, AnswersError
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.record import Person
from watchword.custody.blind import Unlocked
from watchword.screening import shelf
from watchword.screening.applicant import person_of
from watchword.screening.rules import NAMES, SECTION
from watchword.screening.selectors import Matter
from watchword.screening.tags import Tags

Bodies = Mapping[str, Unlocked]
"""What was released of one case, by its compartments."""


@dataclass(frozen=True)
class Known:
    """Who an applicant says to be; ``identity``: the record in which the names lie."""

    identity: str
    person: Person = field(repr=False)
    tags: Tags


def known(one: Matter, bodies: Bodies | WrongState) -> Known:
    """The applicant as the released answers say; WrongState when they cannot be read or compared."""
    if isinstance(bodies, WrongState):
        raise bodies
    if NAMES not in bodies:
        raise WrongState(sentence("Custodians have released nothing that names the applicant."))
    section = one.profile.questionnaire.section(SECTION)
    answers: dict[str, Answer] = {}
    for compartment, body in bodies.items():
        try:
            answers.update(answers_in(body.payload, section, compartment))
        except AnswersError as error:
            raise WrongState(error.reason) from None
    person = person_of(answers)
    shelf.check_readable(person)
    names = bodies[NAMES]
    return Known(names.record, person, Tags.of(names.key))
