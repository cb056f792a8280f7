# SPDX-License-Identifier: AGPL-3.0-or-later
"""The consolidated list of the United Nations Security Council, in XML."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from watchword.core.screening.loaders import markup
from watchword.core.screening.loaders.complaints import Complaint, Tally
from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.loaders.markup import children, local, text
from watchword.core.screening.loaders.sources import Source
from watchword.core.screening.record import NameKind, Person

NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PROSE = ("TITLE", "DESIGNATION", "COMMENTS1", "LISTED_ON", "REFERENCE_NUMBER")
KINDS = {"low": NameKind.WEAK, "f.k.a.": NameKind.FORMER}
# Read together with their parents or by name above; bookkeeping of the publisher.
READ = frozenset(
    (
        *(
            *NAME_PARTS,
            *PROSE,
            "DATAID",
            "VERSIONNUM",
            "UN_LIST_TYPE",
            "GENDER",
            "NAME_ORIGINAL_SCRIPT",
            "NATIONALITY",
        ),
        *("INDIVIDUAL_ALIAS", "INDIVIDUAL_ADDRESS", "INDIVIDUAL_DATE_OF_BIRTH", "INDIVIDUAL_PLACE_OF_BIRTH"),
        *(
            "INDIVIDUAL_DOCUMENT",
            "LIST_TYPE",
            "LAST_DAY_UPDATED",
            "SORT_KEY",
            "SORT_KEY_LAST_MOD",
            "SUBMITTED_BY",
        ),
    )
)
# What these hold; the dates and places of issue of a document say nothing of its bearer.
READ_WITHIN = frozenset(
    (
        *(
            "VALUE",
            "NOTE",
            "QUALITY",
            "ALIAS_NAME",
            "DATE_OF_BIRTH",
            "CITY_OF_BIRTH",
            "COUNTRY_OF_BIRTH",
            "CITY",
        ),
        *(
            "STATE_PROVINCE",
            "COUNTRY",
            "STREET",
            "ZIP_CODE",
            "TYPE_OF_DATE",
            "DATE",
            "YEAR",
            "FROM_YEAR",
            "TO_YEAR",
        ),
        *("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "ISSUING_COUNTRY", "COUNTRY_OF_ISSUE"),
        *("DATE_OF_ISSUE", "CITY_OF_ISSUE"),
    )
)


def read(sources: Sequence[Source], tally: Tally) -> Iterator[Person | Complaint]:
    """The individuals; entities are counted."""
    for source in sources:
        for element in markup.entries(
            source, root="CONSOLIDATED_LIST", wanted=("INDIVIDUAL", "ENTITY"), tally=tally
        ):
            if local(element) == "ENTITY":
                tally.other("entity")
            else:
                yield from _individual(source, element, tally)


def _individual(source: Source, element: Element, tally: Tally) -> Iterator[Person | Complaint]:
    key = text(element, "REFERENCE_NUMBER") or text(element, "DATAID")
    draft = Draft(f"{source.name}, entry {key}", tally)
    draft.name(" ".join(filter(None, (text(element, part) for part in NAME_PARTS))))
    draft.name(text(element, "NAME_ORIGINAL_SCRIPT"), NameKind.ALIAS)
    draft.gender(text(element, "GENDER"))
    draft.programme(text(element, "UN_LIST_TYPE"))
    for child in element:
        _PARTS.get(local(child), _nothing)(draft, child)
        if local(child) not in READ and (len(child) or text(child)):
            tally.unread_part(local(child))
        for part in child:
            if local(part) not in READ_WITHIN and text(part):
                tally.unread_part(f"{local(child)}/{local(part)}")
    for name in PROSE:
        for child in children(element, name):
            draft.remark(text(child))
            draft.remark("; ".join(text(value) for value in children(child, "VALUE")))
    yield from draft.finish(key)


def _nothing(draft: Draft, element: Element) -> None:
    """A part that is read elsewhere."""


def _alias(draft: Draft, element: Element) -> None:
    kind = KINDS.get(text(element, "QUALITY").lower(), NameKind.ALIAS)
    for spelling in text(element, "ALIAS_NAME").split(";"):
        draft.name(spelling, kind)
    draft.birth(text(element, "DATE_OF_BIRTH"))
    draft.place(text(element, "CITY_OF_BIRTH"), text(element, "COUNTRY_OF_BIRTH"))
    draft.remark(text(element, "NOTE"))


def _birth(draft: Draft, element: Element) -> None:
    note = text(element, "NOTE")
    kind = text(element, "TYPE_OF_DATE") or note
    circa = "approx" in kind.lower() or "circa" in kind.lower()
    exact = text(element, "DATE")
    first, last = text(element, "FROM_YEAR"), text(element, "TO_YEAR")
    if exact:
        draft.birth(("circa " if circa else "") + exact)
    elif first:
        draft.birth_parts(first, "", "", circa=circa, until=last)
    elif text(element, "YEAR"):
        draft.birth(("circa " if circa else "") + text(element, "YEAR"))
    draft.remark(note)


def _birth_place(draft: Draft, element: Element) -> None:
    draft.place(*(text(element, part) for part in ("CITY", "STATE_PROVINCE", "COUNTRY")))
    draft.remark(text(element, "NOTE"))


def _nationality(draft: Draft, element: Element) -> None:
    for value in children(element, "VALUE"):
        draft.country(text(value))


def _address(draft: Draft, element: Element) -> None:
    draft.remark(", ".join(filter(None, (text(part) for part in element))))


def _document(draft: Draft, element: Element) -> None:
    kind = " ".join(filter(None, (text(element, "TYPE_OF_DOCUMENT"), text(element, "TYPE_OF_DOCUMENT2"))))
    country = text(element, "ISSUING_COUNTRY") or text(element, "COUNTRY_OF_ISSUE")
    draft.document(kind, text(element, "NUMBER"), country)
    draft.remark(text(element, "NOTE"))


_PARTS = {
    "INDIVIDUAL_ADDRESS": _address,
    "INDIVIDUAL_ALIAS": _alias,
    "INDIVIDUAL_DATE_OF_BIRTH": _birth,
    "INDIVIDUAL_DOCUMENT": _document,
    "INDIVIDUAL_PLACE_OF_BIRTH": _birth_place,
    "NATIONALITY": _nationality,
}
