# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the columns of somebody's CSV file are to be understood, as a person wrote it down in TOML.

``[columns]`` says for each column what it holds, one of the words of ``Property``; ``ignore`` is for a column
that is left out on purpose, and a column that is not mentioned is reported. ``encoding``, ``delimiter``,
``dates`` (the order of numeric dates: dmy, mdy, ymd), ``several`` (what separates several values in a cell),
``header`` (the columns' names when the file has no such row) and ``[only]`` (rows to take: column, allowed
values) may be added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from watchword.core.refusals import sentence
from watchword.core.screening.loaders.complaints import Unreadable
from watchword.core.screening.loaders.sources import ENCODINGS


class Property(StrEnum):
    """What a column can hold."""

    ALIAS = "alias"
    BIRTH = "birth"
    CONTACT = "contact"
    COUNTRY = "country"
    DOCUMENT = "document"
    FORMER = "former"
    GENDER = "gender"
    GIVEN = "given"
    IGNORE = "ignore"
    KEY = "key"
    NAME = "name"
    NATIONAL = "national"
    PASSPORT = "passport"
    PATRONYMIC = "patronymic"
    PLACE = "place"
    PROGRAMME = "programme"
    REMARK = "remark"
    SURNAME = "surname"
    TAX = "tax"
    WEAK = "weak"


ORDERS = ("dmy", "mdy", "ymd")
KEYS = ("columns", "encoding", "delimiter", "dates", "several", "header", "only")


@dataclass(frozen=True)
class ColumnMapping:
    """A checked mapping; ``columns`` gives each column's property, in the file's own names."""

    columns: Mapping[str, Property]
    encoding: str | None = None
    delimiter: str = ","
    dates: str = "dmy"
    several: str = ";"
    header: list[str] | None = None
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)


def from_table(table: Mapping[str, object]) -> ColumnMapping:
    """The mapping that a parsed TOML table holds; raises ``Unreadable`` for what is not as above."""
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        raise Unreadable(sentence("A mapping has no %(keys)s.", keys=", ".join(unknown)))
    mapping = ColumnMapping(
        columns=_columns(table.get("columns")),
        encoding=_text(table, "encoding") or None,
        delimiter=_text(table, "delimiter", ",").replace("\\t", "\t"),
        dates=_text(table, "dates", "dmy"),
        several=_text(table, "several", ";"),
        header=_header(table.get("header")),
        only=_only(table.get("only", {})),
    )
    if mapping.encoding not in (None, *ENCODINGS):
        raise Unreadable(
            sentence("%(encoding)s is not an encoding that is read here.", encoding=mapping.encoding)
        )
    if mapping.dates not in ORDERS:
        raise Unreadable(sentence("The order of dates is one of dmy, mdy and ymd."))
    if len(mapping.delimiter) != 1 or len(mapping.several) != 1:
        raise Unreadable(sentence("A separator is a single character."))
    return mapping


def _columns(table: object) -> dict[str, Property]:
    if not isinstance(table, Mapping) or not table:
        raise Unreadable(sentence("A mapping says in [columns] what each column holds."))
    columns: dict[str, Property] = {}
    for column, word in table.items():
        if word not in tuple(Property):
            raise Unreadable(
                sentence(
                    "Column %(column)s is said to hold %(word)s, which is unknown.", column=column, word=word
                )
            )
        columns[str(column)] = Property(word)
    if not {Property.NAME, Property.SURNAME} & set(columns.values()):
        raise Unreadable(sentence("No column holds a name or a surname."))
    return columns


def _text(table: Mapping[str, object], key: str, otherwise: str = "") -> str:
    value = table.get(key, otherwise)
    if not isinstance(value, str):
        raise Unreadable(sentence("%(key)s must be text.", key=key))
    return value


def _header(value: object) -> list[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise Unreadable(sentence("%(key)s must be a list of texts.", key="header"))
    return [str(name) for name in value]


def _only(value: object) -> dict[str, frozenset[str]]:
    if not isinstance(value, Mapping) or not all(isinstance(allowed, list) for allowed in value.values()):
        raise Unreadable(sentence("[only] gives for a column the list of values to take."))
    return {str(column): frozenset(map(str, allowed)) for column, allowed in value.items()}
