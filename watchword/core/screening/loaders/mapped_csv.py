# SPDX-License-Identifier: AGPL-3.0-or-later
"""Any CSV file, by a mapping that says what its columns hold."""

from collections.abc import Iterator, Mapping, Sequence

from watchword.core.refusals import sentence
from watchword.core.screening.loaders import tables
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft, tidy
from watchword.core.screening.loaders.keys import key_of
from watchword.core.screening.loaders.mapping import ColumnMapping, Property
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.loaders.tables import values
from watchword.core.screening.record import NameKind, Person

OTHER_NAMES = {
    Property.ALIAS: NameKind.ALIAS,
    Property.FORMER: NameKind.FORMER,
    Property.WEAK: NameKind.WEAK,
}
PARTS = (Property.SURNAME, Property.GIVEN, Property.PATRONYMIC)
DOCUMENTS = (Property.PASSPORT, Property.NATIONAL, Property.TAX, Property.DOCUMENT)
WHOLE = frozenset((*PARTS, Property.NAME, Property.KEY, Property.REMARK, Property.PLACE))

Held = Mapping[Property, list[str]]


def read(sources: Sequence[Source], tally: Tally, mapping: ColumnMapping) -> Iterator[Person | Complaint]:
    """One person a row; rows that ``[only]`` leaves out are counted."""
    for source in sources:
        for found in tables.records(
            source,
            required=(*mapping.columns, *mapping.only),
            read=(*mapping.columns, *mapping.only),
            tally=tally,
            delimiter=mapping.delimiter,
            encoding=mapping.encoding,
            header=mapping.header,
            may_end_short=True,
        ):
            if isinstance(found, Complaint):
                yield found
            elif kept_out := _kept_out(found[1], mapping):
                tally.other(kept_out)
            else:
                yield from _person(*found, mapping, tally)


def _kept_out(row: Mapping[str, str], mapping: ColumnMapping) -> str:
    """The value for which a row is not taken."""
    for column, allowed in mapping.only.items():
        if row[column].strip() not in allowed:
            return row[column].strip() or f"{column} is empty"
    return ""


def _person(
    where: str, row: Mapping[str, str], mapping: ColumnMapping, tally: Tally
) -> Iterator[Person | Complaint]:
    draft = Draft(where, tally)
    held = _held(row, mapping)
    _names(draft, held)
    for text in held[Property.BIRTH]:
        draft.birth(text, mapping.dates)
    for kind in DOCUMENTS:
        for text in held[kind]:
            draft.document(kind.value, text)
    for kind, take in (
        (Property.PLACE, draft.place),
        (Property.COUNTRY, draft.country),
        (Property.GENDER, draft.gender),
        (Property.CONTACT, draft.contact),
        (Property.PROGRAMME, draft.programme),
        (Property.REMARK, draft.remark),
    ):
        for text in held[kind]:
            take(text)
    yield from draft.finish(_key(held))


def _held(row: Mapping[str, str], mapping: ColumnMapping) -> dict[Property, list[str]]:
    """The values of the row by what they are; a name, a part of one and prose are never taken apart."""
    held: dict[Property, list[str]] = {kind: [] for kind in Property}
    for column, kind in mapping.columns.items():
        cell = tidy(row[column])
        if cell:
            held[kind] += [cell] if kind in WHOLE else values(cell, mapping.several)
    return held


def _names(draft: Draft, held: Held) -> None:
    surname, given, patronymic = (" ".join(held[part]) for part in PARTS)
    for text in held[Property.NAME]:
        draft.name(text, surname=surname, given=given, patronymic=patronymic)
    if not held[Property.NAME]:
        if not surname and given:
            draft.complain(sentence("This row has no surname."), given)
        whole = " ".join(filter(None, (surname, given, patronymic)))
        draft.name(whole, surname=surname, given=given, patronymic=patronymic)
    for kind, named in OTHER_NAMES.items():
        for text in held[kind]:
            draft.name(text, named)


def _key(held: Held) -> str:
    """The row's own key, or one of its name and birth, which stays the same while those do."""
    own = " ".join(held[Property.KEY])
    named = (*held[Property.NAME], *(word for part in PARTS for word in held[part]))
    return own or key_of(*named, *held[Property.BIRTH])
