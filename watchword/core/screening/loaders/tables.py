# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of a CSV file, strictly read: no cut file, missing column or row of another width is overlooked."""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from watchword.core.refusals import sentence
from watchword.core.screening.loaders.complaints import Complaint, Tally, Unreadable
from watchword.core.screening.loaders.sources import Lines, Source

LONGEST_CELL = 100_000
END_OF_FILE = "\x1a"  # some publishers still end a file as it was done on CP/M


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it stands."""

    where: str
    cells: list[str]


def rows(
    source: Source, *, delimiter: str = ",", encoding: str | None = None, may_end_short: bool = False
) -> Iterator[Row]:
    """The rows of a CSV file that are not blank.

    Raises ``Unreadable`` for broken quoting, for a field beyond the reader's limit, and, unless
    ``may_end_short``, for a file whose last line has no end: a download was cut there.
    """
    lines = Lines(source, encoding)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise Unreadable(
                sentence(
                    "%(file)s is not a whole table: line %(line)s cannot be read (%(error)s).",
                    file=source.name,
                    line=start,
                    error=error,
                )
            ) from None
        if cells == [END_OF_FILE]:
            return
        if max(map(len, cells), default=0) > LONGEST_CELL:
            raise Unreadable(
                sentence("A cell in line %(line)s of %(file)s has no end.", file=source.name, line=start)
            )
        if any(cells):
            yield Row(f"{source.name}, line {start}", cells)
    if not lines.whole and not may_end_short:
        raise Unreadable(
            sentence("%(file)s breaks off in its last line; it was not received whole.", file=source.name)
        )


def records(
    source: Source,
    *,
    required: Collection[str],
    read: Collection[str],
    tally: Tally,
    delimiter: str = ",",
    encoding: str | None = None,
    header: list[str] | None = None,
    may_end_short: bool = False,
) -> Iterator[tuple[str, Mapping[str, str]] | Complaint]:
    """Where each row stands, and its cells by column; a row of another width is a complaint.

    Columns outside ``read`` are counted where they are filled. Raises ``Unreadable`` when a ``required``
    column is missing or a column has its name twice.
    """
    found = rows(source, delimiter=delimiter, encoding=encoding, may_end_short=may_end_short)
    names = header or [name.strip() for name in next(found, Row("", [])).cells]
    _check(source, names, required)
    unread = [(index, name) for index, name in enumerate(names) if name not in read]
    for row in found:
        if len(row.cells) != len(names):
            yield _of_another_width(row, len(names))
            continue
        for index, name in unread:
            if row.cells[index].strip():
                tally.unread_part(name or f"column {index + 1}")
        yield row.where, dict(zip(names, row.cells, strict=True))


def values(cell: str, delimiter: str = ";") -> list[str]:
    """The values of a cell that holds several; one that contains the separator is quoted within the cell."""
    if delimiter not in cell and '"' not in cell:
        return [cell.strip()] if cell.strip() else []
    found = next(csv.reader([cell.replace("\n", " ")], delimiter=delimiter, skipinitialspace=True), [])
    return [value.strip() for value in found if value.strip()]


def _check(source: Source, names: list[str], required: Collection[str]) -> None:
    missing = [name for name in required if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if missing:
        raise Unreadable(
            sentence("%(file)s has no column %(columns)s.", file=source.name, columns=", ".join(missing))
        )
    if twice:
        raise Unreadable(
            sentence("%(file)s has a column twice: %(columns)s.", file=source.name, columns=", ".join(twice))
        )


def _of_another_width(row: Row, width: int) -> Complaint:
    reason = sentence("This row has %(found)s cells, not %(width)s.", found=len(row.cells), width=width)
    return Complaint(row.where, reason, " | ".join(row.cells)[:80])
