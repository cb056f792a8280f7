# SPDX-License-Identifier: AGPL-3.0-or-later
"""Labelled pairs of people, read from files that anybody may have."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchword.core.screening.dates import from_iso
from watchword.core.screening.record import Person, PersonName


@dataclass(frozen=True)
class Pair:
    """Two records and whether they are one person; ``people`` names both for splitting by person."""

    left: Person
    right: Person
    same: bool
    kind: str
    people: tuple[str, ...]
    source: str


def read(path: Path) -> list[Pair]:
    """The pairs of a file: columns label, name1, name2, or lines of JSON with label, q_name and l_name."""
    rows = lines_of_json(path) if path.suffix == ".jsonl" else rows_of_csv(path)
    return list(rows)


def rows_of_csv(path: Path) -> Iterator[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Pair(
                person(row["name1"], row.get("birth_date1")),
                person(row["name2"], row.get("birth_date2")),
                row["label"] == "1",
                row.get("kind", ""),
                tuple(row[key] for key in ("id1", "id2") if row.get(key)),
                path.stem,
            )


def lines_of_json(path: Path) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Pair(
            person(row["q_name"], row["q_dob"]),
            person(row["l_name"], row["l_dob"]),
            row["label"] == 1,
            row.get("kind", ""),
            tuple(row.get("id", "").split("|")),
            path.stem,
        )


def person(name: str, birth: str | None = None) -> Person:
    """Somebody with one name and perhaps a birth date."""
    return Person("", (PersonName(name),), births=(from_iso(birth),) if birth else ())


def fold(pair: Pair, folds: int) -> int:
    """The part of the data that a pair belongs to: that of its first person, so that nobody is in two.

    A pair of two people may share its second person with another part; it is the first who is asked about.
    """
    name = pair.people[0] if pair.people else pair.left.names[0].text
    return sum(name.encode()) * 2654435761 % 2**32 % folds
