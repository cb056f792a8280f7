# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates of birth as a way to a record: who has a name that thousands have, and who has another surname now.

A search by name proposes some tens of people; of two thousand who are all called Sergei Ivanov it would miss
the one who was born on the right day. So every full date of birth leads to its records, and 32 bits made of
the words of a record's names tell which of them share words with the person searched.
"""

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from watchword.core.screening.record import Person
from watchword.watchlists.columns import SIDES, column, store
from watchword.watchlists.pairs import NOBODY, Pairs, best, spread

DAYS, BORN, WORDS = "days", "born", "words"
BITS = 32
SHARED = 2
"""Words that a record must share with the person searched, if the person has as many."""
MOST = 100


def days_of(person: Person) -> list[int]:
    """The full dates of birth, each as one number."""
    full = (day for day in person.births if day.month is not None and day.day is not None)
    return sorted({day.year * 10_000 + (day.month or 0) * 100 + (day.day or 0) for day in full})


def bits_of(names: Iterable[Sequence[str]]) -> int:
    """One bit of 32 for each word of any of the names, given as skeletons."""
    bits = 0
    for skeletons in names:
        for skeleton in skeletons:
            bits |= 1 << (crc32(skeleton.encode()) % BITS)
    return bits


class BirthWriter:
    """Gathers the dates of people row by row."""

    def __init__(self) -> None:
        self._days, self._rows, self._words = array("L"), array("L"), array("L")

    def add(self, row: int, person: Person, names: Iterable[Sequence[str]]) -> None:
        """The dates of one row, with its names as skeletons."""
        days = days_of(person)
        bits = bits_of(names) if days else 0
        for day in days:
            self._days.append(day)
            self._rows.append(row)
            self._words.append(bits)

    def finish(self, directory: Path) -> None:
        """Write them in the order of the dates."""
        days = np.array(self._days, dtype="<u4")
        order = np.argsort(days, kind="stable")
        for name, values in ((DAYS, days), (BORN, self._rows), (WORDS, self._words)):
            store(directory, name, np.array(values, dtype="<u4")[order])


class Births:
    """Finds the rows that share a date of birth and words of the name."""

    def __init__(self, directory: Path) -> None:
        self._days, self._rows, self._words = (column(directory, name) for name in (DAYS, BORN, WORDS))

    def pairs(self, people: Sequence[Person], bits: Sequence[int]) -> Pairs:
        """For each person at most ``MOST`` rows, those that share most words; ``bits`` are of their names."""
        days = [(number, day) for number, person in enumerate(people) for day in days_of(person)]
        if not days:
            return NOBODY, NOBODY
        owner, wanted = np.array(days, dtype=np.int64).T
        first, last = (np.searchsorted(self._days, wanted.astype(np.uint32), side=side) for side in SIDES)
        which, at = spread(first, last)
        who, asked = owner[which], np.array(bits, dtype=np.uint32)
        shared = np.bitwise_count(np.asarray(self._words[at]) & asked[who])
        likely = shared >= np.maximum(np.minimum(np.bitwise_count(asked), SHARED), 1)[who]
        who, at, shared = who[likely], at[likely], shared[likely]
        chosen = best(who, shared, MOST)
        return who[chosen], self._rows[at[chosen]].astype(np.int64)
