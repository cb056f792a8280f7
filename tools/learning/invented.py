# SPDX-License-Identifier: AGPL-3.0-or-later
"""Labelled pairs of invented people: what labelled files of real ones hold too little of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
from numpy.typing import NDArray

from bench.misspelling import Name, clean, glued, hyphenated, shortened, split, two_errors, typo
from bench.population import Population, draw
from bench.writing import LATIN, SCHEMES, Pen
from tools.learning.pairs import Pair, person
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import Person


def initials(name: Name, _random: Random) -> Name:
    """The surname, and of the rest one letter each."""
    return (name[0], *(word[0] + "." for word in name[1:]))


SHARES = {
    clean: 0.68,
    typo: 0.10,
    two_errors: 0.01,
    shortened: 0.12,
    initials: 0.03,
    glued: 0.02,
    split: 0.02,
    hyphenated: 0.02,
}


def invented(people: int, seed: int) -> list[Pair]:
    """For each of ``people`` one pair with themselves and up to three with those who resemble them most."""
    population, random = draw(people * 40, seed), Random(seed)  # noqa: S311 - no secret hangs on it
    writer = Writer(population, random)
    neighbours = Neighbours(population)
    pairs = []
    for row in range(people):
        pairs.append(writer.pair(row, row))
        pairs += [writer.pair(row, other) for other in neighbours.of(row, random)]
    return pairs


class Writer:
    """Writes rows of a population as records, with the errors that records have."""

    def __init__(self, people: Population, random: Random) -> None:
        self._people = people
        self._pen = Pen(people.texts)
        self._random = random

    def pair(self, row: int, other: int) -> Pair:
        """Two records, by two hands; half of the pairs have birth dates."""
        dated = self._random.random() < 0.5
        left, right = self._record(row, dated), self._record(other, dated)
        if dated and row == other:
            right = replace(right, births=(self._written_date(right.births[0]),))
        return Pair(left, right, row == other, "invented", (str(row), str(other)), "invented")

    def _record(self, row: int, dated: bool) -> Person:
        scheme = (
            self._random.choice(LATIN)
            if self._random.random() < 0.5
            else self._random.randrange(len(SCHEMES))
        )
        name = self._misspelt(self._pen.name(self._people, row, scheme))
        born = date.fromordinal(int(self._people.birth[row]))
        birth = f"{born.isoformat()}" if dated else None
        return person(" ".join(name), birth)

    def _misspelt(self, name: Name) -> Name:
        (change,) = self._random.choices(list(SHARES), list(SHARES.values()))
        return change(name, self._random)

    def _written_date(self, born: PartialDate) -> PartialDate:
        """The date as a second source has it: nearly always the same."""
        chance, day, month = self._random.random(), born.day or 1, born.month or 1
        if chance < 0.85:
            return born
        if chance < 0.88:
            return PartialDate(born.year)
        if chance < 0.90:
            return PartialDate(born.year, month)
        if chance < 0.92:
            return PartialDate(born.year + self._random.choice((-1, 1)), circa=True)
        if chance < 0.94 and day <= 12:
            return PartialDate(born.year, day, month)
        if chance < 0.99:
            return self._random.choice(
                (PartialDate(born.year, month, 1 + day % 28), PartialDate(born.year - 1, month, min(day, 28)))
            )
        return PartialDate(born.year, self._random.randint(1, 12), self._random.randint(1, 28))


class Neighbours:
    """Who shares two words of a name with whom, as a search would bring them together."""

    def __init__(self, people: Population) -> None:
        columns = (people.surname, people.given, people.patronymic)
        self._keys = [joined(columns[a], columns[b]) for a, b in ((0, 1), (1, 2), (0, 2))]
        self._order = [np.argsort(key, kind="stable") for key in self._keys]

    def of(self, row: int, random: Random) -> Iterator[int]:
        """Up to three other rows."""
        for key, order in zip(self._keys, self._order, strict=True):
            first = int(np.searchsorted(key, key[row], side="left", sorter=order))
            last = int(np.searchsorted(key, key[row], side="right", sorter=order))
            other = int(order[random.randrange(first, last)])
            if other != row:
                yield other


def joined(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64]:
    """Two columns of numbers as one."""
    return np.asarray(first.astype(np.int64) << 32 | second, np.int64)
