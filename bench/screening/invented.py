# SPDX-License-Identifier: AGPL-3.0-or-later
"""Labelled pairs of invented people, for a reader who has no labelled files of their own."""

from datetime import date
from random import Random

import numpy as np

from bench.misspelling import COMMON, Name
from bench.population import Population, draw
from bench.screening.samples import Pair, pair, person
from bench.writing import CYRILLIC, LATIN, Pen

SEED, PEOPLE = 5, 100_000


def pairs(count: int) -> list[Pair]:
    """One in four is one person across scripts, or across Russian and Ukrainian; the rest are namesakes."""
    return [
        pair(person(left), person(right), same) for left, right, same, _ in drawn(count, full_namesakes=0.0)
    ]


def records(count: int) -> list[Pair]:
    """The same with birth dates; half of those who are two bear the same name."""
    random = Random(SEED)
    found = []
    for left, right, same, born in drawn(count, full_namesakes=0.5):
        other = slipped(born, random) if same else somebody_elses(born, random)
        found.append(pair(person(left, born), person(right, other), same))
    return found


def drawn(count: int, full_namesakes: float) -> list[tuple[str, str, bool, str]]:
    """Two names, whether they are one person's, and the birth date of the first."""
    random, people = Random(SEED), draw(PEOPLE, SEED)
    pen, found = Pen(people.texts), []
    for number, row in enumerate(random.sample(range(PEOPLE), count)):
        same = number % 4 == 0
        other = row if same or random.random() < full_namesakes else namesake(people, row, random)
        schemes = CYRILLIC if number % 3 == 0 else (random.choice(CYRILLIC), random.choice(LATIN))
        left: Name = pen.name(people, row, schemes[0])
        right = random.choice(COMMON)(pen.name(people, other, schemes[1]), random)
        found.append((" ".join(left), " ".join(right), same, people.birth_date(row)))
    return found


def namesake(people: Population, row: int, random: Random) -> int:
    """Somebody else with the same surname, or the same given name and patronymic; a stranger if nobody is."""
    surname, given = people.surname == people.surname[row], people.given == people.given[row]
    patronymic = people.patronymic == people.patronymic[row]
    alike = surname & ~(given & patronymic) if random.random() < 0.5 else given & patronymic & ~surname
    others = np.flatnonzero(alike)
    return int(random.choice(others)) if len(others) else (row + 1) % len(people)


def slipped(born: str, random: Random) -> str:
    """A birth date as the next clerk writes it: mostly right."""
    year, month, day = born.split("-")
    swapped = f"{year}-{day}-{month}" if int(day) <= 12 else born
    wrong = f"{year}-{month}-{int(day) % 28 + 1:02d}"
    return random.choice((born, born, born, born, born, "", year, swapped, wrong))


def somebody_elses(born: str, random: Random) -> str:
    """Another birth date, in one of three cases of the same year."""
    other = date.fromordinal(date.fromisoformat(born).toordinal() + random.randrange(400, 9000)).isoformat()
    return born[:4] + other[4:] if random.random() < 1 / 3 and not other.endswith("02-29") else other
