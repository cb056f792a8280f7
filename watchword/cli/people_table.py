# SPDX-License-Identifier: AGPL-3.0-or-later
"""A table of people to be screened: which column holds what, by its name."""

import sys
from collections.abc import Iterator
from pathlib import Path

from watchword.cli.csv_tables import rows_of
from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.mapped_csv import read
from watchword.core.screening.loaders.mapping import ColumnMapping, Property
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.record import Person

# Beside the properties' own words: what tables of people call their columns.
ALSO: dict[str, Property] = {
    "aliases": Property.ALIAS,
    "birth_date": Property.BIRTH,
    "birth_place": Property.PLACE,
    "citizenship": Property.COUNTRY,
    "date_of_birth": Property.BIRTH,
    "dob": Property.BIRTH,
    "email": Property.CONTACT,
    "family_name": Property.SURNAME,
    "first_name": Property.GIVEN,
    "full_name": Property.NAME,
    "given_name": Property.GIVEN,
    "id": Property.KEY,
    "last_name": Property.SURNAME,
    "middle_name": Property.PATRONYMIC,
    "nationality": Property.COUNTRY,
    "phone": Property.CONTACT,
    "place_of_birth": Property.PLACE,
    "sex": Property.GENDER,
}


def people_in(path: Path) -> Iterator[Person | Complaint]:
    """Each row as a person, in order; refuses a table in which no column holds a name."""
    with rows_of(path, ()) as (columns, _rows):
        mapping = _mapping(columns)
    ignored = [name for name, kind in mapping.columns.items() if kind is Property.IGNORE]
    if ignored:
        print(f"watchword: columns not used: {', '.join(ignored)}", file=sys.stderr)
    with path.open("rb") as source:
        yield from read([Source(path.name, source)], Tally(), mapping)


def _mapping(columns: list[str]) -> ColumnMapping:
    known = {name: _property(name) for name in columns}
    if not {Property.NAME, Property.SURNAME} & set(known.values()):
        raise WrongState(
            sentence("No column holds a name: call it name, or surname and given, in the first row.")
        )
    return ColumnMapping(columns=known, dates="dmy")


def _property(column: str) -> Property:
    word = column.strip().lower().replace(" ", "_")
    return Property(word) if word in tuple(Property) else ALSO.get(word, Property.IGNORE)
