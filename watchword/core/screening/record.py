# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of one person for screening: the same shape for an applicant and for a listed person."""

from dataclasses import dataclass
from enum import StrEnum

from watchword.core.screening.dates import PartialDate


class NameKind(StrEnum):
    """How the source itself calls a name."""

    ALIAS = "alias"
    FORMER = "former"
    PRIMARY = "primary"
    WEAK = "weak"


class Polarity(StrEnum):
    """What being on a list says of a person. No list refuses anyone."""

    ADVERSE = "adverse"
    NEUTRAL = "neutral"
    PERSECUTOR = "persecutor"


@dataclass(frozen=True, slots=True)
class PersonName:
    """One name as the source writes it; the parts are filled only where the source itself separates them."""

    text: str
    kind: NameKind = NameKind.PRIMARY
    surname: str = ""
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """``kind``: passport, national, tax or other; ``country``: ISO 3166 alpha-2 in lower case, or empty."""

    kind: str
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One record. ``key`` names it within its list; everything else may be empty.

    ``gender``: "m", "f" or empty. ``contacts``: telephone numbers, e-mail addresses, handles. ``remarks`` is
    the source's own prose, shown to the reader and never compared.
    """

    key: str
    names: tuple[PersonName, ...]
    births: tuple[PartialDate, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    gender: str = ""
    documents: tuple[Document, ...] = ()
    contacts: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    remarks: str = ""
