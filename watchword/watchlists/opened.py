# SPDX-License-Identifier: AGPL-3.0-or-later
"""One list opened for searching: its records, and an index over all of them or over what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from watchword.core.screening.record import Person
from watchword.watchlists.births import Births, bits_of
from watchword.watchlists.indexing import INDEX, Skeletons, named
from watchword.watchlists.pairs import Pairs, Rows, distinct
from watchword.watchlists.records import Records
from watchword.watchlists.segments import Index
from watchword.watchlists.versions import Version


@dataclass(frozen=True)
class Opened:
    """``rows``: the record of each number of the index, when it is not the index of the whole list."""

    id: str
    version: Version
    records: Records
    births: Births
    index: Index
    rows: Rows | None = None

    def rows_of(self, numbers: Rows) -> Rows:
        """The records that names of the index belong to."""
        return self.records.rows_of(numbers) if self.rows is None else self.rows[numbers]

    def marked_like(self, people: Sequence[Person], asked: Sequence[Sequence[Skeletons]]) -> Pairs:
        """Whoever has the same document, contact or birthday, under another name or one that many bear."""
        births = self.births.pairs(people, [bits_of(names) for names in asked])
        who, row = distinct(self.records.marked_like(people), births)
        searched = np.isin(row, self.searched) if self.rows is not None else slice(None)
        return who[searched], row[searched]

    def sharing_a_number(self, people: Sequence[Person]) -> Rows:
        """Those of the people whose document or contact somebody on the list has."""
        some = [number for number, person in enumerate(people) if person.documents or person.contacts]
        which, _ = self.records.marked_like([people[number] for number in some])
        return np.array(some, dtype=np.int64)[which]

    @cached_property
    def searched(self) -> Rows:
        """The records that are searched among, in their order."""
        return np.arange(len(self.records)) if self.rows is None else np.unique(self.rows)

    def verify(self) -> None:
        """Read every byte of the index; raises ``WrongState`` if one has changed since it was written."""
        self.index.verify()


def whole(name: str, directory: Path, version: Version) -> Opened:
    """Everybody on the list; mapped, so that it opens at once and is shared by all processes."""
    return Opened(name, version, Records(directory), Births(directory), Index.open([directory / INDEX]))


def changed(name: str, directory: Path, version: Version, since: int) -> Opened:
    """Those whom versions after ``since`` added or changed, with an index in memory that no disk sees."""
    records = Records(directory)
    rows = records.changed_after(since)
    if len(rows) == len(records):
        return whole(name, directory, version)
    owners: list[int] = []
    spelled = []
    for row, _, names in named(records, rows.tolist()):
        owners += [row] * len(names)
        spelled += names
    index = Index.in_memory(spelled)
    return Opened(name, version, records, Births(directory), index, np.array(owners, dtype=np.int64))
