# SPDX-License-Identifier: AGPL-3.0-or-later
"""FollowTheMoney entities, one JSON object a line, as OpenSanctions and newsrooms publish them."""

import json
from collections.abc import Iterator, Mapping, Sequence

from watchword.core.refusals import sentence
from watchword.core.screening.loaders.complaints import Complaint, Tally, Unreadable
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.sources import Lines, Source
from watchword.core.screening.record import NameKind, Person

NAMES = {"alias": NameKind.ALIAS, "weakAlias": NameKind.WEAK, "previousName": NameKind.FORMER}
DOCUMENTS = {
    "passportNumber": "passport",
    "idNumber": "national",
    "socialSecurityNumber": "national",
    "taxNumber": "tax",
    "innCode": "tax",
    "registrationNumber": "other",
}
COUNTRIES = ("nationality", "citizenship", "country")
CONTACTS = ("phone", "email")
PROSE = ("topics", "position", "title", "address", "notes", "summary", "description", "education", "religion")
PARTS = ("firstName", "lastName", "middleName", "secondName", "fatherName", "motherName")
READ = frozenset(
    (
        *(
            "name",
            "birthDate",
            "birthPlace",
            "birthCountry",
            "gender",
            "programId",
            "sourceUrl",
            "modifiedAt",
        ),
        *(*NAMES, *DOCUMENTS, *COUNTRIES, *CONTACTS, *PROSE, *PARTS),
    )
)

Values = Mapping[str, list[str]]


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The entities of schema Person; all others are counted by their schema."""
    for source in sources:
        lines = Lines(source)
        for line in lines:
            if line.strip():
                yield from _line(source, lines, line, tally)


def _line(source: Source, lines: Lines, line: str, tally: Tally) -> Iterator[Person | Complaint]:
    where = f"{source.name}, line {lines.number}"
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        if not lines.whole:
            raise Unreadable(
                sentence("%(file)s breaks off in its last line; it was not received whole.", file=source.name)
            ) from None
        yield Complaint(where, sentence("This line is not JSON."), line[:80].rstrip())
        return
    if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
        yield Complaint(where, sentence("This line is not an entity."), line[:80].rstrip())
    elif entity.get("schema") != "Person":
        tally.other(str(entity.get("schema") or "entry without a kind"))
    else:
        yield from _person(where, str(entity.get("id") or ""), entity["properties"], tally)


def _person(
    where: str, key: str, properties: Mapping[str, object], tally: Tally
) -> Iterator[Person | Complaint]:
    draft = Draft(where, tally)
    given = {name: _texts(value) for name, value in properties.items()}
    for name in sorted(given.keys() - READ):
        tally.unread_part(name)
    _names(draft, given)
    for text in given.get("birthDate", []):
        draft.birth(text)
    for text in (*given.get("birthPlace", []), *given.get("birthCountry", [])):
        draft.place(text)
    for text in given.get("gender", []):
        draft.gender(text)
    _rest(draft, given)
    yield from draft.finish(key)


def _names(draft: Draft, given: Values) -> None:
    """Whole names, then the parts: where each part was given once, they are one name of their own."""
    first, last = given.get("firstName", []), given.get("lastName", [])
    middle = [*given.get("fatherName", []), *given.get("middleName", []), *given.get("secondName", [])]
    for text in given.get("name", []):
        draft.name(text, NameKind.ALIAS if draft.names else NameKind.PRIMARY)
    if len(first) == len(last) == 1:
        whole = " ".join([*first, *middle[:1], *last])
        kind = NameKind.ALIAS if draft.names else NameKind.PRIMARY
        patronymic = "".join(given.get("fatherName", [])[:1])
        draft.name(whole, kind, surname=last[0], given=first[0], patronymic=patronymic)
    for column, kind in NAMES.items():
        for text in given.get(column, []):
            draft.name(text, kind)
    for column in PARTS:
        draft.remark("; ".join(given.get(column, [])))


def _rest(draft: Draft, given: Values) -> None:
    for column, kind in DOCUMENTS.items():
        for text in given.get(column, []):
            draft.document(kind, text)
    for column in COUNTRIES:
        for text in given.get(column, []):
            draft.country(text)
    for column in CONTACTS:
        for text in given.get(column, []):
            draft.contact(text)
    for text in given.get("programId", []):
        draft.programme(text)
    for column in PROSE:
        for text in given.get(column, []):
            draft.remark(text)


def _texts(value: object) -> list[str]:
    """The texts of a property; an entity nested in it stands for its own caption."""
    listed = value if isinstance(value, list) else [value]
    return [
        str(item.get("caption", "") if isinstance(item, dict) else item)
        for item in listed
        if item is not None
    ]
