# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seats: who together can open what nobody opens alone, as a profile writes it down."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from watchword.core.procedure.errors import Problem
from watchword.core.procedure.letters import GAP
from watchword.core.procedure.questionnaire import Questionnaire, Section
from watchword.core.procedure.roles import CompartmentDef, RoleDef
from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import sentence

MOST_SEATS = 16
SEATS = tuple(f"custodian-{number}" for number in range(1, MOST_SEATS + 1))
"""A seat is a role that one person holds, and the compartment in which that person's shares lie."""

REQUESTS = "releases"
"""The compartment in which what is asked of custodians, and why they refuse, is sealed to all seats."""

_GAPS = frozenset({"needed", "seats"})


@dataclass(frozen=True)
class Custody:
    """``needed`` of ``seats`` open together; ``title`` names a seat, ``held`` tells applicants who opens.

    ``cases_a_day``: as of a role, for whoever holds a seat.
    """

    needed: int
    seats: tuple[str, ...]
    title: Text
    held: Text
    cases_a_day: int | None = None

    def number_of(self, seat: str) -> int:
        """The number of a seat, from 1: that of its shares. ValueError is a mistake of the caller's."""
        return self.seats.index(seat) + 1

    def seat_title(self, seat: str) -> Text:
        """What the holder of a seat is called: the title and the seat's number."""
        number = self.number_of(seat)
        return _in_each_language(lambda code: f"{self.title.in_language(code)} {number}")

    def in_words(self, language: str) -> str:
        """Who can open what is in custody, for instance “any 3 of 5 custodians, together”."""
        numbers = {"needed": str(self.needed), "seats": str(len(self.seats))}
        return GAP.sub(lambda gap: numbers.get(gap[1], gap[0]), self.held.in_language(language))

    def roles(self) -> tuple[RoleDef, ...]:
        """The role of each seat."""
        return tuple(RoleDef(seat, self.seat_title(seat), self.cases_a_day) for seat in self.seats)

    def compartments(self) -> Mapping[str, CompartmentDef]:
        """The compartment of each seat, which its holder reads and nobody else."""
        return {
            seat: CompartmentDef(seat, self.seat_title(seat), frozenset({seat}), frozenset())
            for seat in self.seats
        }


def read_custody(table: Table) -> Custody:
    """Read the ``[custody]`` table."""
    seats = table.integer("seats", least=1, most=MOST_SEATS)
    custody = Custody(
        needed=table.integer("needed", least=1, most=seats),
        seats=SEATS[:seats],
        title=table.text("title"),
        held=table.text("held"),
        cases_a_day=table.optional_integer("cases_a_day", least=1),
    )
    for code in LANGUAGES:
        if frozenset(GAP.findall(custody.held.in_language(code))) != _GAPS:
            table.note(f"held.{code}", sentence("this needs the gaps {needed} and {seats}, and no other"))
    table.refuse_unknown()
    return custody


def with_seats(
    questionnaire: Questionnaire, compartments: Mapping[str, CompartmentDef], custody: Custody | None
) -> Questionnaire:
    """Return the questionnaire, each page that asks for something in custody with the seats."""
    if custody is None:
        return questionnaire
    kept = {one.id for one in compartments.values() if one.custody}

    def seated(section: Section) -> Section:
        return replace(section, seats=custody.seats) if kept.intersection(section.compartments) else section

    return Questionnaire(
        seated(questionnaire.contact),
        tuple(map(seated, questionnaire.sections)),
        tuple(map(seated, questionnaire.later)),
    )


def custody_problems(
    file: str,
    compartments: Collection[CompartmentDef],
    custody: Custody | None,
    written_into: Collection[str],
) -> Iterator[Problem]:
    """Yield a problem where nobody has custody of something, custodians of nothing, or nobody could read.

    ``written_into`` are the compartments of letters and calls: there the staff read what an applicant writes.
    """
    kept = [one.id for one in compartments if one.custody]
    for name in kept if custody is None else ():
        what = sentence("nobody could ever open this: the table [custody] is missing")
        yield Problem(file, f"compartments[{name}].custody", what)
    if custody is not None and not kept:
        yield Problem(file, "custody", sentence("no compartment is in custody: write custody = true in one"))
    for name in sorted(set(kept).intersection(written_into)):
        what = sentence("letters, messages and calls go here, and nobody could read them")
        yield Problem(file, f"compartments[{name}].custody", what)
    if custody is not None:
        yield from _asking_problems(file, compartments, custody)


def _asking_problems(
    file: str, compartments: Collection[CompartmentDef], custody: Custody
) -> Iterator[Problem]:
    """Yield a problem where a custodian could not read what is asked for, and why."""
    readers = {one.id: one.readers for one in compartments}.get(REQUESTS)
    if readers is None:
        what = sentence("what is asked of custodians lies in a compartment “%(name)s”", name=REQUESTS)
        yield Problem(file, "custody", what)
        return
    for seat in custody.seats:
        if seat not in readers:
            what = sentence("custodians read what is asked of them: “%(seat)s” is missing", seat=seat)
            yield Problem(file, f"compartments[{REQUESTS}].readers", what)


def _in_each_language(words: Callable[[str], str]) -> Text:
    return Text(**{code: words(code) for code in LANGUAGES})
