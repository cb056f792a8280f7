# SPDX-License-Identifier: AGPL-3.0-or-later
"""The simplified CSV of OpenSanctions: one row an entity, several values in a cell."""

from collections.abc import Iterator, Mapping, Sequence

from watchword.core.screening.loaders import tables
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.loaders.tables import values
from watchword.core.screening.record import NameKind, Person

REQUIRED = ("id", "schema", "name", "aliases", "birth_date")
PROSE = ("addresses", "sanctions")
READ = frozenset(
    (
        *(*REQUIRED, *PROSE, "countries", "identifiers", "phones", "emails", "program_ids", "dataset"),
        *("first_seen", "last_seen", "last_change"),
    )
)


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The persons; all other entities are counted by their schema."""
    for source in sources:
        for found in tables.records(source, required=REQUIRED, read=READ, tally=tally):
            if isinstance(found, Complaint):
                yield found
            elif found[1]["schema"] != "Person":
                tally.other(found[1]["schema"] or "entry without a kind")
            else:
                yield from _person(*found, tally)


def _person(where: str, row: Mapping[str, str], tally: Tally) -> Iterator[Person | Complaint]:
    draft = Draft(where, tally)
    draft.name(row["name"])
    for name in values(row["aliases"]):
        draft.name(name, NameKind.ALIAS)
    for date in values(row["birth_date"]):
        draft.birth(date)
    for country in values(row.get("countries", "")):
        draft.country(country)
    for number in values(row.get("identifiers", "")):
        # The kind of document is not told here, so two numbers can only be compared as they are.
        draft.document("other", number)
    for column in ("phones", "emails"):
        for contact in values(row.get(column, "")):
            draft.contact(contact)
    for programme in (*values(row.get("program_ids", "")), *values(row.get("dataset", ""))):
        draft.programme(programme)
    for column in PROSE:
        draft.remark(row.get(column, ""))
    yield from draft.finish(row["id"])
