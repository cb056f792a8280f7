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
from numpy.typing import NDArray

from watchword.core.screening.record import Person
from watchword.watchlists.columns import column, store

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

    def rows(self, person: Person, names: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """At most ``MOST`` rows, those that share most words first; each once."""
        bits = bits_of(names)
        needed = min(SHARED, bits.bit_count())
        wanted = np.array(days_of(person), dtype=np.uint32)
        first, last = (np.searchsorted(self._days, wanted, side=side) for side in ("left", "right"))
        at = np.concatenate([NOTHING, *(np.arange(a, b) for a, b in zip(first, last, strict=True))])
        shared = np.bitwise_count(np.asarray(self._words[at]) & np.uint32(bits))
        best = np.argsort(-shared.astype(np.int8), kind="stable")[:MOST]
        return np.unique(self._rows[at[best[shared[best] >= max(needed, 1)]]]).astype(np.int64)


NOTHING: NDArray[np.int64] = np.empty(0, dtype=np.int64)
