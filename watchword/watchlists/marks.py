# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passport numbers and contacts, an exact way to a record: who changed every name still has them."""

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from watchword.core.screening.fields import contact_key, document_key
from watchword.core.screening.record import Person
from watchword.watchlists.columns import SIDES, column, store
from watchword.watchlists.pairs import NOBODY, Pairs, spread

MARKS, MARKED = "marks", "marked"
# A shorter number is a house number or a year, and half the list would have it.
SHORTEST = 6
# A mark of more records than this is a mistake of the source: a publisher's own telephone, a row of zeros.
MOST_OWNERS = 50


def of(person: Person) -> Iterator[int]:
    """Eight bytes of digest for each number and contact that is long enough."""
    keys = {f"d{document_key(document)}" for document in person.documents}
    keys |= {f"c{contact_key(contact)}" for contact in person.contacts}
    for key in sorted(keys):
        if len(key) > SHORTEST:
            yield int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class MarkWriter:
    """Gathers the marks of people row by row."""

    def __init__(self) -> None:
        self._marks, self._rows = array("Q"), array("L")

    def add(self, row: int, person: Person) -> None:
        """The marks of one row."""
        for mark in of(person):
            self._marks.append(mark)
            self._rows.append(row)

    def finish(self, directory: Path) -> None:
        """Write them in the order of the marks."""
        marks = np.array(self._marks, dtype="<u8")
        order = np.argsort(marks, kind="stable")
        store(directory, MARKS, marks[order])
        store(directory, MARKED, np.array(self._rows, dtype="<u4")[order])


class Marks:
    """Finds the rows that bear a mark."""

    def __init__(self, directory: Path) -> None:
        self._marks, self._rows = column(directory, MARKS), column(directory, MARKED)

    def pairs(self, people: Sequence[Person]) -> Pairs:
        """For each person the rows that share a number or a contact."""
        marks = [(number, mark) for number, person in enumerate(people) for mark in of(person)]
        if not marks:
            return NOBODY, NOBODY
        wanted = np.array([mark for _, mark in marks], dtype=np.uint64)
        first, last = (np.searchsorted(self._marks, wanted, side=side) for side in SIDES)
        which, at = spread(first, np.where(last - first <= MOST_OWNERS, last, first))
        owner = np.array([number for number, _ in marks], dtype=np.int64)
        return owner[which], self._rows[at].astype(np.int64)
