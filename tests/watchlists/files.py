# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small lists of invented people as files, and shelves that hold them."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from watchword.core.screening.dates import from_iso
from watchword.core.screening.loaders import Format
from watchword.core.screening.record import Document, Person, PersonName, Polarity
from watchword.watchlists import Shelf, Version
from watchword.watchlists.progress import Progress, silent

TODAY = date(2026, 11, 22)
WORDS = {"en": "Invented", "uk": "Вигадано", "ru": "Выдумано"}
HEADER = ("id", "schema", "name", "aliases", "birth_date", "countries", "identifiers", "phones")

FOMA = {
    "id": "foma",
    "name": "Фома Гордеевич Выдумкин",
    "aliases": "Foma Vydumkin",
    "birth_date": "1948-12-10",
}
ALYONA = {"id": "alyona", "name": "Skazkina Alyona", "birth_date": "1961", "identifiers": "MP0000001"}
STENKA = {"id": "stenka", "name": "Степан Вымыслов", "countries": "by", "phones": "+375 29 0000001"}
EVERYBODY = (FOMA, ALYONA, STENKA)


def written(path: Path, people: Iterable[Mapping[str, str]]) -> Path:
    """A file of that name in the simplified format of OpenSanctions."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER)
        table.writeheader()
        table.writerows({"schema": "Person", **person} for person in people)
    return path


def add(
    shelf: Shelf,
    path: Path,
    name: str = "examples",
    *,
    polarity: Polarity = Polarity.ADVERSE,
    progress: Progress = silent,
) -> Version:
    return shelf.add(
        name,
        [path],
        format=Format.SIMPLE_CSV,
        title=WORDS,
        polarity=polarity,
        note=WORDS,
        today=TODAY,
        progress=progress,
    )


def update(shelf: Shelf, path: Path, name: str = "examples", *, progress: Progress = silent) -> Version:
    return shelf.update(name, [path], today=TODAY, progress=progress)


def stocked(directory: Path, people: Iterable[Mapping[str, str]] = EVERYBODY) -> Shelf:
    """A shelf with one list."""
    shelf = Shelf(directory / "shelf")
    add(shelf, written(directory / "one.csv", people))
    return shelf


def asked(name: str, birth: str = "", document: str = "", contact: str = "") -> Person:
    """Somebody to be searched."""
    return Person(
        "asked",
        (PersonName(name),),
        births=(from_iso(birth),) if birth else (),
        documents=(Document("passport", document),) if document else (),
        contacts=(contact,) if contact else (),
    )


def found(shelf: Shelf, name: str) -> list[str]:
    """The keys of whoever probably bears the name."""
    return [hit.person.key for hit in shelf.open().search(asked(name), at_least=0.2)]
