# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented people who apply, and apply again: written in another way, with a letter or a date gone wrong."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np

from bench.misspelling import two_typos, typo
from bench.population import PLACES, Population, draw
from bench.writing import SCHEMES, Pen
from watchword.core import names
from watchword.core.linkage import Born, Identity, WrittenName
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import Person, PersonName

WITHOUT_PATRONYMIC = 1 / 7
WITH_PLACE = 0.8
SHARES = np.cumsum([scheme.share for scheme in SCHEMES])


@dataclass(frozen=True)
class Applicant:
    """What somebody writes of themselves: surname, given name, patronymic; year, month, day; birth place."""

    words: tuple[str, str, str]
    born: tuple[int, int, int]
    place: str = ""

    def identity(self) -> Identity:
        """As our keys want it."""
        surname, given, patronymic = self.words
        return Identity(
            (WrittenName("", surname, given, patronymic),),
            (Born(*self.born),),
            names.skeletons(self.place),
        )

    def person(self) -> Person:
        """As a comparison wants it."""
        name = PersonName(" ".join(filter(None, self.words)), surname=self.words[0], given=self.words[1])
        named = replace(name, patronymic=self.words[2])
        return Person(
            "", (named,), births=(PartialDate(*self.born),), places=(self.place,) * bool(self.place)
        )


class Crowd:
    """Everybody who ever applied, and their second applications."""

    def __init__(self, count: int, seed: int = 11) -> None:
        self.people: Population = draw(count, seed)
        self._pen, self._random = Pen(self.people.texts), Random(seed)

    def __len__(self) -> int:
        return len(self.people)

    def applied(self, row: int, mistake: Callable[..., tuple[str, ...]] | None = None) -> Applicant:
        """An application by the person of that row, each time by another table and with other gaps."""
        random, people = self._random, self.people
        scheme = int(np.searchsorted(SHARES, random.random() * SHARES[-1]))
        words = self._pen.name(people, row, scheme)
        words = mistake(words, random) if mistake else words
        patronymic = "" if random.random() < WITHOUT_PATRONYMIC else words[2]
        born = date.fromordinal(int(people.birth[row]))
        place = PLACES[people.place[row]] if random.random() < WITH_PLACE else ""
        return Applicant((words[0], words[1], patronymic), (born.year, born.month, born.day), place)

    def sample(self, count: int) -> list[int]:
        """Rows of people who apply again."""
        return self._random.sample(range(len(self)), min(count, len(self)))

    def slipped(self, row: int) -> Applicant:
        """One part of the date wrong."""
        person, random = self.applied(row), self._random
        year, month, day = person.born
        year, month, day = random.choice(
            (
                (year, day, month) if day <= 12 else (year, month, day % 28 + 1),
                (year + random.choice((-1, 1)), month, day),
                (year // 10 * 10 + random.randrange(10), month, day),
                (year, month % 12 + 1, day),
                (year, month, (day + random.choice((0, 1, 2, 9, 19))) % 28 + 1),
            )
        )
        # A day that this month has not would be a second mistake, and no form takes it.
        return replace(person, born=(year, month, min(day, monthrange(year, month)[1])))

    def married(self, row: int) -> Applicant:
        """Another surname, of somebody of the same gender."""
        person, people = self.applied(row), self.people
        others = np.flatnonzero(people.female == people.female[row])
        other = self._pen.name(people, int(self._random.choice(others)), 0)
        return replace(person, words=(other[0], *person.words[1:]))

    def turned(self, row: int) -> Applicant:
        """The given name in the place of the surname."""
        person = self.applied(row)
        surname, given, patronymic = person.words
        return replace(person, words=(given, surname, patronymic))


def changes(crowd: Crowd) -> Mapping[str, Callable[[int], Applicant]]:
    """Every way in which somebody applies again."""
    return {
        "written in another way": crowd.applied,
        "a letter of the name wrong": lambda row: crowd.applied(row, typo),
        "a part of the date wrong": crowd.slipped,
        "fields of the name exchanged": crowd.turned,
        "a letter wrong in each of two words": lambda row: crowd.applied(row, two_typos),
        "another surname": crowd.married,
    }


AIMED_AT = ("written in another way", "a letter of the name wrong", "a part of the date wrong")
"""Of these together our goals are stated."""
