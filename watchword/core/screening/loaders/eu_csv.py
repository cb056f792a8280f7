# SPDX-License-Identifier: AGPL-3.0-or-later
"""The EU's consolidated list of financial sanctions as its full CSV: a row for each part of an entry."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from watchword.core.screening.loaders import eu_parts, tables
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.record import Person

REQUIRED = ("Entity_LogicalId", "NameAlias_WholeName")
ENTITY = (
    "Entity_LogicalId",
    "Entity_EU_ReferenceNumber",
    "Entity_SubjectType",
    "Entity_Regulation_Programme",
)
PROSE = ("Entity_DesignationDetails", "Entity_Remark", "Entity_UnitedNationId", "Entity_DesignationDate")
# What the regulation behind each part is called says nothing of the person.
LEGAL = ("_LogicalId", "_RegulationLanguage", "_NameLanguage", "_AsAtListingTime")

Found = tuple[str, Mapping[str, str]]


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The persons; other entries are counted once, however many rows they have."""
    for source in sources:
        found = tables.records(source, required=REQUIRED, read=(), tally=Tally(), delimiter=";")
        for key, group in groupby(found, key=_entry):
            if key is None:
                yield from (complaint for complaint in group if isinstance(complaint, Complaint))
            else:
                yield from _one([row for row in group if not isinstance(row, Complaint)], tally)


def _entry(found: Found | Complaint) -> str | None:
    return None if isinstance(found, Complaint) else found[1]["Entity_LogicalId"]


def _one(group: list[Found], tally: Tally) -> Iterator[Person | Complaint]:
    where, first = group[0]
    kind = first.get("Entity_SubjectType_ClassificationCode") or first.get("Entity_SubjectType", "")
    if not (eu_parts.is_person(kind) or eu_parts.is_person(first.get("Entity_SubjectType", ""))):
        tally.other(kind or "entry without a kind")
        return
    draft = Draft(where, tally)
    for _, row in group:
        for prefix, part in _parts(row).items():
            if prefix in eu_parts.PARTS:
                eu_parts.PARTS[prefix](draft, part)
            elif prefix not in ("entity", "filegenerationdate"):
                tally.unread_part(prefix)
        draft.programme(row.get("Entity_Regulation_Programme", ""))
        for column in PROSE:
            draft.remark(row.get(column, ""))
    yield from draft.finish(first.get("Entity_EU_ReferenceNumber") or first["Entity_LogicalId"])


def _parts(row: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The filled columns, by what stands before their first line, legal references left out."""
    parts: dict[str, dict[str, str]] = {}
    for column, cell in row.items():
        if cell.strip() and "_Regulation_" not in column and not column.endswith(LEGAL):
            prefix, _, field = column.partition("_")
            parts.setdefault(prefix.lower(), {})[field.replace("_", "").lower()] = cell
    return parts
