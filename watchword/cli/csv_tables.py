# SPDX-License-Identifier: AGPL-3.0-or-later
"""CSV tables in and out: rows as they stand, and a sentence for what cannot be read."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TextIO

from watchword.core.refusals import WrongState, sentence

# Nobody's row is longer; a field that is holds something else.
LONGEST_FIELD = 1 << 20

# Spreadsheets of many countries divide by semicolons or tabs.
DELIMITERS = (",", ";", "\t")

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

Row = dict[str, str]


@contextmanager
def rows_of(path: Path, needed: Sequence[str]) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """The columns of a UTF-8 table and its rows; refuses a table without the columns that are ``needed``."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        csv.field_size_limit(LONGEST_FIELD)
        head = _head(source, path)
        mark = max(DELIMITERS, key=head.count)
        table = csv.DictReader(chain([head], source), restkey="", restval="", delimiter=mark)
        columns = _checked(table, path, needed)
        yield columns, _read(table, path)


def _head(source: TextIO, path: Path) -> str:
    """The line with the names of the columns; it is not read twice, because a pipe cannot be."""
    try:
        return source.readline(LONGEST_FIELD)
    except UnicodeDecodeError:
        raise _unreadable(path) from None


def _checked(table: "csv.DictReader[str]", path: Path, needed: Sequence[str]) -> list[str]:
    try:
        columns = [name.strip() for name in table.fieldnames or ()]
        table.fieldnames = columns
    except (UnicodeDecodeError, csv.Error):
        raise _unreadable(path) from None
    missing = [name for name in needed if name not in columns]
    if missing:
        raise WrongState(
            sentence("%(file)s has no column %(column)s.", file=path.name, column=", ".join(missing))
        )
    return columns


def _read(table: "csv.DictReader[str]", path: Path) -> Iterator[Row]:
    try:
        for row in table:
            yield {name: value for name, value in row.items() if isinstance(value, str) and name}
    except (UnicodeDecodeError, csv.Error):
        raise _unreadable(path) from None


def _unreadable(path: Path) -> WrongState:
    return WrongState(
        sentence("%(file)s is not a table in UTF-8 with commas: save it as “CSV UTF-8”.", file=path.name)
    )


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it; what it would run as a formula gets an apostrophe in front.

    A name that somebody else wrote, on a list or in an application, must not become a command where the
    result is opened. A figure with its sign is none. Whoever needs every letter as it was takes the JSON.
    """
    figure = cell[1:].replace(".", "", 1).isdecimal()
    return f"'{cell}" if cell.startswith(FORMULA) and not figure else cell


def writer(target: TextIO, columns: Sequence[str]) -> "csv.DictWriter[str]":
    """A table whose head is written; columns of a row that it does not know are left out."""
    table = csv.DictWriter(target, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    return table
