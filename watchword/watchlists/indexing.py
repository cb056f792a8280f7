# SPDX-License-Identifier: AGPL-3.0-or-later
"""The second half of making a version: the names of a record file become an index."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from watchword.core import names
from watchword.core.screening.record import Person
from watchword.watchlists import repeats
from watchword.watchlists.births import BirthWriter
from watchword.watchlists.progress import Progress, Report
from watchword.watchlists.records import Records
from watchword.watchlists.segments import SegmentWriter

INDEX = "names.index"
EVERY = 10_000

Skeletons = tuple[str, ...]


def named(records: Records, rows: Sequence[int]) -> Iterator[tuple[int, Person, list[Skeletons]]]:
    """Each of the rows with its person and the skeletons of the names."""
    memo = names.Memo()
    for row in rows:
        person = records.person(row)
        yield row, person, [memo.skeletons(name.text) for name in person.names]


def index(directory: Path, progress: Progress) -> None:
    """Index everybody of a record file who is not there twice; whole or not at all."""
    records = Records(directory)
    rows: list[int] = np.setdiff1d(np.arange(len(records)), repeats.twice(directory)).tolist()
    writer, births = SegmentWriter(directory / INDEX, names.TABLE_VERSION), BirthWriter()
    for done, (row, person, spelled) in enumerate(named(records, rows), 1):
        births.add(row, person, spelled)
        for number, skeletons in enumerate(spelled, records.first_name(row)):
            writer.add(number, skeletons)
        if done % EVERY == 0:
            progress(Report("index", done, len(rows), done))
    progress(Report("write", 0, 1, len(rows)))
    births.finish(directory)
    writer.finish()
