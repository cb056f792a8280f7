# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shelf with one list of invented people, and processes that search it side by side."""

import csv
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bench.peers.job import timed
from bench.writing import Listed
from watchword.core.screening.loaders import Format
from watchword.core.screening.record import Person, Polarity
from watchword.watchlists import Hit, Screen, Shelf

PROCESSES, WARM = 2, 200
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


@contextmanager
def searching(shelf: Shelf, people: Sequence[Person]) -> Iterator[Callable[[], list[list[Hit]]]]:
    """A call that searches all the people on two processes, each of which has the shelf open and is warm.

    The processes inherit the people by forking: to hand a million over would cost more than the search.
    """
    asked[:] = people
    with multiprocessing.get_context("fork").Pool(PROCESSES, make_ready, [shelf.directory]) as pool:
        step = -(-len(people) // PROCESSES)
        parts = [(first, first + step) for first in range(0, len(people), step)]
        pool.map(ready, range(PROCESSES), chunksize=1)
        yield lambda: [hits for some in pool.map(search, parts, chunksize=1) for hits in some]


asked: list[Person] = []
opened: list[Screen] = []


def make_ready(directory: Path) -> None:
    opened.append(Shelf(directory).open())
    opened[0].search_many(asked[:WARM], limit=LIMIT, at_least=AT_LEAST)


def ready(_number: int) -> None:
    """Answered when a process has begun to work."""


def search(part: tuple[int, int]) -> list[list[Hit]]:
    return opened[0].search_many(asked[slice(*part)], limit=LIMIT, at_least=AT_LEAST)
