# SPDX-License-Identifier: AGPL-3.0-or-later
"""Annexes of the EU's Official Journal as CSV, one file a legal act, in the wording of the print."""

from collections.abc import Iterator, Mapping, Sequence

from watchword.core.screening.loaders import tables
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.keys import key_of
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.loaders.tables import values
from watchword.core.screening.record import NameKind, Person

REQUIRED = ("programKey", "schema", "name", "alias", "birthDate")
ALIASES = (
    ("alias", NameKind.ALIAS),
    ("weakAlias", NameKind.WEAK),
    ("previousName", NameKind.FORMER),
)
DOCUMENTS = (
    ("passportNumber", "passport"),
    ("idNumber", "national"),
    ("taxNumber", "tax"),
    ("innCode", "tax"),
)
PROSE = (
    "startDate",
    "position",
    "reason",
    "address",
    "fatherName",
    "motherName",
    "appearance",
    "ethnicity",
    "notes",
)
READ = frozenset(
    (
        *(*REQUIRED, *PROSE, "celex", "amendedCelex", "amendmentCelex", "recordId", "annex", "measure"),
        *(column for column, _ in (*ALIASES, *DOCUMENTS)),
        *("country", "nationality", "birthPlace", "gender", "phone", "email"),
    )
)


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The persons of all annexes; other entries are counted."""
    for source in sources:
        for found in tables.records(source, required=REQUIRED, read=READ, tally=Tally()):
            if isinstance(found, Complaint):
                yield found
            elif found[1]["schema"] != "Person":
                tally.other(found[1]["schema"] or "entry without a kind")
            else:
                yield from _person(*found, tally)


def _person(where: str, row: Mapping[str, str], tally: Tally) -> Iterator[Person | Complaint]:
    draft = Draft(where, tally)
    draft.printed_name(row["name"])
    for column, kind in ALIASES:
        for name in values(row.get(column, "")):
            draft.printed_name(name, kind)
    for date in values(row["birthDate"]):
        draft.birth(date)
    for place in values(row.get("birthPlace", "")):
        draft.place(place)
    for column in ("nationality", "country"):
        for country in values(row.get(column, "")):
            draft.country(country)
    _rest(draft, row)
    for column, cell in row.items():
        if column not in READ and cell.strip():
            tally.unread_part(column)
    yield from draft.finish(_key(row))


def _rest(draft: Draft, row: Mapping[str, str]) -> None:
    for word in values(row.get("gender", "")):
        draft.gender(word)
    for column, kind in DOCUMENTS:
        for number in values(row.get(column, "")):
            draft.document(kind, number)
    for column in ("phone", "email"):
        for contact in values(row.get(column, "")):
            draft.contact(contact)
    draft.programme(row["programKey"])
    for column in PROSE:
        draft.remark(row.get(column, ""))


def _key(row: Mapping[str, str]) -> str:
    """The act, the annex and the number printed there; where none is printed, a digest of name and birth."""
    act = row.get("celex") or row.get("amendedCelex") or ""
    number = row.get("recordId") or key_of(row["name"], row["birthDate"])
    return ":".join(filter(None, (act, row.get("annex", ""), row["programKey"], number)))
