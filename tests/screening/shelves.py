# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of invented people, written as a public list is and loaded onto a real shelf."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from watchword.core.screening.loaders import Format
from watchword.core.screening.record import NameKind, Person, Polarity
from watchword.watchlists import Shelf, Version

TODAY = date(2026, 11, 22)
COLUMNS = {NameKind.PRIMARY: "name", NameKind.ALIAS: "alias", NameKind.FORMER: "previousName"}


def put(
    directory: Path, name: str, *people: Person, polarity: Polarity = Polarity.ADVERSE, today: date = TODAY
) -> Version:
    """These people as the list ``name``, or as its next version."""
    directory.mkdir(exist_ok=True)
    source = directory / f"{name}.jsonl"
    source.write_text("".join(f"{json.dumps(_entity(one))}\n" for one in people), encoding="utf-8")
    shelf = Shelf(directory)
    if any(one.id == name for one in shelf.lists()):
        return shelf.update(name, [source], today=today, smaller=True)
    return shelf.add(
        name,
        [source],
        format=Format.FTM,
        title={"en": f"The {name} list", "uk": f"Список {name}", "ru": f"Перечень {name}"},
        polarity=polarity,
        note={"en": "Invented.", "uk": "Вигаданий.", "ru": "Вымышленный."},
        today=today,
    )


def _entity(person: Person) -> dict[str, object]:
    names: dict[str, list[str]] = {}
    for one in person.names:
        names.setdefault(COLUMNS[one.kind], []).append(one.text)
    given: dict[str, Iterable[object]] = {
        **names,
        "birthDate": [str(day) for day in person.births],
        "birthPlace": person.places,
        "nationality": person.countries,
        "programId": person.programmes,
        "notes": [person.remarks] if person.remarks else [],
    }
    return {
        "id": person.key,
        "schema": "Person",
        "properties": {key: list(value) for key, value in given.items()},
    }
