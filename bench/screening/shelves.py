# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shelf with one list of invented people, and processes that search it side by side."""

import csv
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from bench.peers.job import timed
from bench.writing import Listed
from watchword.core.screening.loaders import Format
from watchword.core.screening.record import Person, Polarity
from watchword.watchlists import Hit, Screen, Shelf

PROCESSES, AT_ONCE = 2, 1000
AT_LEAST, LIMIT = 0.5, 10  # as `watchword screen` has them
COLUMNS = {"key": "key", "name": "name", "born": "birth"}
TODAY = date(2026, 11, 22)


def filled(folder: Path, listed: Listed) -> Shelf:
    """A shelf that holds these people, read from a table like anybody's; says what that took."""
    table = folder / "people.csv"
    with table.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for row in range(len(listed)):
            rows.writerow((row, " ".join(listed.name(row)), listed.people.birth_date(row)))
    said = dict.fromkeys(("en", "uk", "ru"), "Invented")
    shelf = Shelf(folder / "shelf")
    with timed() as took:
        shelf.add(
            "invented",
            [table],
            format=Format("csv"),
            title=said,
            note=said,
            polarity=Polarity.NEUTRAL,
            mapping={"columns": COLUMNS, "dates": "ymd"},
            today=TODAY,
        )
    print(f"  a shelf of {len(listed):,} people filled in {took[0]:.0f} s")
    table.unlink()
    return shelf


class Searchers:
    """Processes that have the shelf open."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    def search(self, people: Sequence[Person]) -> list[list[Hit]]:
        """The hits of each, judged and explained."""
        pieces = iter(people)
        lots = iter(lambda: list(islice(pieces, AT_ONCE)), [])
        return [hits for some in self._pool.imap(search, lots) for hits in some]


@contextmanager
def searchers(shelf: Shelf) -> Iterator[Searchers]:
    with multiprocessing.get_context("spawn").Pool(PROCESSES, open_shelf, [shelf.directory]) as pool:
        yield Searchers(pool)


opened: list[Screen] = []


def open_shelf(directory: Path) -> None:
    opened.append(Shelf(directory).open())


def search(people: Sequence[Person]) -> list[list[Hit]]:
    return opened[0].search_many(people, limit=LIMIT, at_least=AT_LEAST)
