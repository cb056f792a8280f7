# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented records with names in separate fields, some of them the same person written again."""

from random import Random

from bench.misspelling import clean, shortened, two_typos, typo
from bench.population import PLACES, Population, draw
from bench.screening.invented import slipped
from bench.writing import SCHEMES, Pen
from watchword.core.screening.dates import from_iso
from watchword.core.screening.record import Person, PersonName

AGAIN = 0.25  # of the records are somebody's second one
SLIPS = (clean, clean, clean, typo, two_typos, shortened)


def records(count: int, seed: int = 7) -> list[Person]:
    """``count`` records of fewer people."""
    random = Random(seed)
    people = draw(round(count * (1 - AGAIN)), seed)
    pen = Pen(people.texts)
    rows = [*range(len(people)), *random.sample(range(len(people)), count - len(people))]
    return [record(people, pen, row, random) for row in rows]


def record(people: Population, pen: Pen, row: int, random: Random) -> Person:
    """One record of the person of that row, as one more clerk writes it."""
    words = random.choice(SLIPS)(pen.name(people, row, random.randrange(len(SCHEMES))), random)
    surname, given, patronymic = (*words, "")[:3]
    name = PersonName(" ".join(words), surname=surname, given=given, patronymic=patronymic)
    born = slipped(people.birth_date(row), random)
    places = (PLACES[people.place[row]],) if random.random() < 0.5 else ()
    return Person("", (name,), births=(from_iso(born),) if born else (), places=places)
