# SPDX-License-Identifier: AGPL-3.0-or-later
"""Labelled pairs of people: from files of the reader's own, or invented."""

import csv
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchword.core.screening.dates import from_iso
from watchword.core.screening.record import Person, PersonName


@dataclass(frozen=True)
class Pair:
    """Two people, whether they are one, and which scripts their names are in: cross, cyr or other."""

    left: Person
    right: Person
    same: bool
    kind: str


def person(name: str, birth: str = "", key: str = "") -> Person:
    return Person(key, (PersonName(name),), births=(from_iso(birth),) if birth else ())


def pair(left: Person, right: Person, same: bool) -> Pair:
    scripts = sorted({script(left.names[0].text), script(right.names[0].text)})
    kind = {("CYRILLIC", "LATIN"): "cross", ("CYRILLIC",): "cyr"}.get(tuple(scripts), "other")
    return Pair(left, right, same, kind)


def script(name: str) -> str:
    """The script of most letters: real lists mix Latin letters into Cyrillic words."""
    found = [unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()]
    return max(set(found), key=found.count) if found else "?"


def read_pairs(path: Path) -> list[Pair]:
    """A CSV with the columns name1, name2 and label (1: one person, 0: two)."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            pair(person(row["name1"]), person(row["name2"]), row["label"] == "1")
            for row in csv.DictReader(file)
        ]


def read_records(path: Path) -> list[Pair]:
    """JSON lines with q_name, q_dob, l_name, l_dob and label; a date may be empty or a year."""
    return [
        pair(person(row["q_name"], row["q_dob"]), person(row["l_name"], row["l_dob"]), bool(row["label"]))
        for row in lines(path)
    ]


def lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row: dict[str, str] = {key: value or "" for key, value in json.loads(line).items()}
            yield row
