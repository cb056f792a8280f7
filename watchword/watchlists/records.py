# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people of one version on disk: a line each, and arrays that find a line by row, by name, by key.

``people.jsonl`` has the lines; ``offsets`` where each begins; ``names`` the number of the first name of each
row; ``keys`` and ``digests`` eight bytes of key and line each, by which two versions are compared; ``since``
the version in which a row last changed; ``again`` the rows whose key stood before. The arrays are mapped,
not read: opening costs no memory.
"""

import mmap
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from watchword.core.screening.record import Person
from watchword.watchlists.columns import column, store
from watchword.watchlists.marks import Marks, MarkWriter
from watchword.watchlists.pairs import Pairs
from watchword.watchlists.people import births_written, from_line, to_line

PEOPLE = "people.jsonl"

ARRAYS = {"offsets": "<u8", "names": "<u4", "keys": "<u8", "digests": "<u8"}
SINCE, AGAIN = "since", "again"


class RecordWriter:
    """Writes people one after the other; the arrays grow in memory by some thirty bytes a person."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file: BinaryIO = (directory / PEOPLE).open("wb")
        self._arrays = {"offsets": array("Q", [0]), "names": array("L", [0])}
        self._arrays |= {"keys": array("Q"), "digests": array("Q")}
        self._marks = MarkWriter()
        self._bytes = 0
        self.names = 0
        self.people = 0

    def add(self, person: Person) -> None:
        """Append one."""
        line = (to_line(person) + "\n").encode()
        self._file.write(line)
        self._bytes += len(line)
        self._marks.add(self.people, person)
        self.names += len(person.names)
        self.people += 1
        self._arrays["offsets"].append(self._bytes)
        self._arrays["names"].append(self.names)
        self._arrays["keys"].append(_eight_bytes(person.key.encode()))
        self._arrays["digests"].append(_eight_bytes(line))

    def finish(self) -> None:
        """Write the arrays; the directory then holds a whole record file."""
        self._file.close()
        self._marks.finish(self._directory)
        for name, kind in ARRAYS.items():
            store(self._directory, name, np.array(self._arrays[name], dtype=kind))

    def close(self) -> None:
        """Leave what was written unfinished."""
        self._file.close()


def _eight_bytes(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


class Records:
    """The people of a finished version, by row; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        self._offsets = column(directory, "offsets")
        self._names = column(directory, "names")
        self._since = column(directory, SINCE)
        self._digests = column(directory, "digests")
        self._again = dict(column(directory, AGAIN).tolist())
        self._marks = Marks(directory)
        with (directory / PEOPLE).open("rb") as file:
            # An empty file cannot be mapped, and needs no mapping.
            size = int(self._offsets[-1])
            self._lines = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) if size else b""

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def person(self, row: int) -> Person:
        """The person of a row; the second one under a key is given a key of its own."""
        person = from_line(self.line(row))
        ordinal = self._again.get(row)
        return person if ordinal is None else replace(person, key=f"{person.key}#{ordinal + 1}")

    def line(self, row: int) -> bytes:
        """The person of a row as stored."""
        return bytes(self._lines[int(self._offsets[row]) : int(self._offsets[row + 1])])

    def births_written(self, row: int) -> bytes:
        """The births of a row as they are stored; ``people.dates_of`` reads them."""
        return births_written(self.line(row))

    def digest(self, row: int) -> str:
        """Sixteen hexadecimal digits that change when the record does."""
        return f"{int(self._digests[row]):016x}"

    def rows_of(self, name_ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row that each name belongs to."""
        return np.searchsorted(self._names, name_ids, side="right").astype(np.int64) - 1

    def marked_like(self, people: Sequence[Person]) -> Pairs:
        """For each person the rows that share a number of a document or a contact."""
        return self._marks.pairs(people)

    def first_name(self, row: int) -> int:
        """The number of the row's first name."""
        return int(self._names[row])

    def changed_after(self, version: int) -> NDArray[np.int64]:
        """The rows that were added or changed after that version."""
        return np.flatnonzero(np.asarray(self._since) > version)

    def __iter__(self) -> Iterator[Person]:
        return (self.person(row) for row in range(len(self)))
