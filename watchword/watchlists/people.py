# SPDX-License-Identifier: AGPL-3.0-or-later
"""A listed person as one line of JSON, and back; the line is what a version of a list is compared by."""

import json
import re
from typing import Any

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.dates import PartialDate, from_iso
from watchword.core.screening.record import Document, NameKind, Person, PersonName

FIELDS = ("places", "countries", "contacts", "programmes")
"""Fields that are tuples of plain texts."""
# No text within a line can look like it: its quotation marks would have a backslash before them.
births = re.compile(rb'"births": \[([^]]*)\]').search


def to_line(person: Person) -> str:
    """The same person always gives the same line; what is empty is left out."""
    record: dict[str, Any] = {"key": person.key, "names": [_name(name) for name in person.names]}
    record["births"] = [str(day) for day in person.births]
    record["documents"] = [[one.kind, one.number, one.country] for one in person.documents]
    record |= {field: list(getattr(person, field)) for field in FIELDS}
    record |= {"gender": person.gender, "remarks": person.remarks}
    return json.dumps({key: value for key, value in record.items() if value}, ensure_ascii=False)


def _name(name: PersonName) -> list[str]:
    parts = [name.text, name.kind.value, name.surname, name.given, name.patronymic]
    while parts[-1] == "":
        parts.pop()
    return parts


def from_line(line: str | bytes) -> Person:
    """The person of a line that ``to_line`` wrote; raises ``WrongState`` for any other line."""
    try:
        return _person(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged() from None


def _damaged() -> WrongState:
    return WrongState(sentence("A record of a list is damaged: add the list again."))


def _person(record: dict[str, Any]) -> Person:
    return Person(
        key=record["key"],
        names=tuple(_named(*parts) for parts in record["names"]),
        births=tuple(from_iso(day) for day in record.get("births", ())),
        places=tuple(record.get("places", ())),
        countries=tuple(record.get("countries", ())),
        gender=record.get("gender", ""),
        documents=tuple(Document(*parts) for parts in record.get("documents", ())),
        contacts=tuple(record.get("contacts", ())),
        programmes=tuple(record.get("programmes", ())),
        remarks=record.get("remarks", ""),
    )


def _named(text: str, kind: str, *parts: str) -> PersonName:
    return PersonName(text, NameKind(kind), *parts)


def births_written(line: bytes) -> bytes:
    """The births of a line as they stand in it, found without reading the rest; ``dates_of`` reads them."""
    found = births(line)
    return found[1] if found else b""


def dates_of(written: bytes) -> list[PartialDate]:
    """The dates that ``births_written`` found; raises ``WrongState`` for what is none."""
    try:
        return [from_iso(day) for day in json.loads(b"[%b]" % written)]
    except (ValueError, TypeError, AttributeError):
        raise _damaged() from None
