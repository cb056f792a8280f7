# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of an entry of the EU's consolidated list, which its CSV and its XML call by the same names.

A part is a mapping from the lower-case name of a field (``wholename``, ``birthdate`` ...) to its text.
"""

from collections.abc import Mapping

from watchword.core.screening.loaders.draft import Draft
from watchword.core.screening.record import NameKind

Part = Mapping[str, str]


def name(draft: Draft, part: Part) -> None:
    """A name; the XML says which ones are weak."""
    first, middle, last = (part.get(key, "") for key in ("firstname", "middlename", "lastname"))
    whole = part.get("wholename", "") or " ".join(filter(None, (first, middle, last)))
    weak = part.get("strong", "").lower() == "false"
    kind = NameKind.WEAK if weak else NameKind.ALIAS if draft.names else NameKind.PRIMARY
    # What stands in the middle may be a patronymic or a second given name; the list does not say.
    draft.name(whole, kind, surname=last if first else "", given=first if last else "")
    draft.gender(part.get("gender", ""))
    for key in ("title", "function", "remark"):
        draft.remark(part.get(key, ""))


def birth(draft: Draft, part: Part) -> None:
    """A date of birth, a range of years, a place, in any combination."""
    circa = part.get("circa", "").lower() == "true"
    year = part.get("year", "")
    first, last = part.get("yearrangefrom", ""), part.get("yearrangeto", "")
    if part.get("calendartype", "").upper() not in ("", "GREGORIAN"):
        draft.remark(" ".join(filter(None, (part.get("birthdate", ""), year, part["calendartype"]))))
    elif part.get("birthdate"):
        draft.birth(("circa " if circa else "") + part["birthdate"])
    elif year and not year.startswith("0"):
        month, day = (part.get(long) or part.get(short, "") for long, short in _MONTH_AND_DAY)
        draft.birth_parts(year, month, day if month else "", circa=circa)
    elif first or last:
        draft.birth_parts(first or last, "", "", circa=circa, until=last)
    draft.place(*(part.get(key, "") for key in ("place", "city", "region")), country_name(part))
    draft.remark(part.get("remark", ""))


_MONTH_AND_DAY = (("monthofyear", "month"), ("dayofmonth", "day"))


def country_name(part: Part) -> str:
    """The country in words; empty where the list prints that it does not know."""
    return part.get("countrydescription", "").replace("UNKNOWN", "").title()


def citizenship(draft: Draft, part: Part) -> None:
    """A citizenship, by code or in words."""
    draft.country(part.get("countryiso2code", "") or part.get("countrydescription", ""))
    draft.remark(part.get("remark", ""))


def identification(draft: Draft, part: Part) -> None:
    """A document; one that is known to be forged names nobody, and is left to the reader."""
    number = part.get("number", "") or part.get("latinnumber", "")
    kind = " ".join(
        filter(None, (part.get("typecode") or part.get("identificationtypecode", ""), _description(part)))
    )
    if part.get("knownfalse", "").lower() == "true":
        draft.remark(f"{kind}: {number} (false)")
    else:
        draft.document(kind, number, part.get("countryiso2code", ""))
    draft.remark(part.get("remark", ""))


def _description(part: Part) -> str:
    return part.get("typedescription") or part.get("identificationtypedescription", "")


def address(draft: Draft, part: Part) -> None:
    """An address, for the reader."""
    keys = ("street", "pobox", "zipcode", "city", "region", "place", "contactinfo")
    draft.remark(", ".join(filter(None, (*(part.get(key, "") for key in keys), country_name(part)))))
    draft.remark(part.get("remark", ""))


#: By the beginning of a column of the CSV, and by the element of the XML.
PARTS = {
    "namealias": name,
    "birthdate": birth,
    "citizenship": citizenship,
    "identification": identification,
    "address": address,
}


def is_person(word: str) -> bool:
    """What the list calls a person, in either of its two codes."""
    return word.strip().lower() in ("p", "person")
