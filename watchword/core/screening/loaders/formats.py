# SPDX-License-Identifier: AGPL-3.0-or-later
"""The formats that lists come in, how each is recognised, and how it is read."""

import csv
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from watchword.core.refusals import sentence
from watchword.core.screening.loaders import (
    eu_csv,
    eu_journal,
    eu_xml,
    ftm,
    mapped_csv,
    ofac_csv,
    ofac_xml,
    simple_csv,
    un,
)
from watchword.core.screening.loaders.complaints import Complaint, Tally, Unreadable
from watchword.core.screening.loaders.mapping import ColumnMapping
from watchword.core.screening.loaders.sources import Source, marked_encoding
from watchword.core.screening.record import Person


class Format(StrEnum):
    """One word for each format, as the command line takes it."""

    EU_CSV = "eu-csv"
    EU_JOURNAL = "eu-journal"
    EU_XML = "eu-xml"
    FTM = "ftm"
    MAPPED_CSV = "csv"
    OFAC_CSV = "ofac-csv"
    OFAC_XML = "ofac-xml"
    SIMPLE_CSV = "opensanctions-csv"
    UN_XML = "un-xml"


#: How many bytes of a file ``detect`` wants to see.
GLANCE = 8192

_READERS: dict[Format, Callable[[Sequence[Source], Tally], Iterator[Person | Complaint]]] = {
    Format.EU_CSV: eu_csv.read,
    Format.EU_JOURNAL: eu_journal.read,
    Format.EU_XML: eu_xml.read,
    Format.FTM: ftm.read,
    Format.OFAC_CSV: ofac_csv.read,
    Format.OFAC_XML: ofac_xml.read,
    Format.SIMPLE_CSV: simple_csv.read,
    Format.UN_XML: un.read,
}
_ROOTS = (("<Sanctions", Format.OFAC_XML), ("<CONSOLIDATED_LIST", Format.UN_XML), ("<export", Format.EU_XML))
_HEADERS = (
    (eu_csv.REQUIRED, ";", Format.EU_CSV),
    (eu_journal.REQUIRED, ",", Format.EU_JOURNAL),
    (simple_csv.REQUIRED, ",", Format.SIMPLE_CSV),
)
_OFAC_WIDTHS = (ofac_csv.ENTRY, ofac_csv.ALIAS, ofac_csv.ADDRESS, ofac_csv.COMMENT)


def read(
    kind: Format, sources: Sequence[Source], tally: Tally, mapping: ColumnMapping | None = None
) -> Iterator[Person | Complaint]:
    """Every person of the files and every complaint about them, as they come, in constant memory.

    ``mapping`` belongs to ``Format.MAPPED_CSV`` alone. What is not a person is counted in ``tally``. Raises
    ``Unreadable`` at any moment: what was read until then may not be used.
    """
    if (kind is Format.MAPPED_CSV) != (mapping is not None):
        raise Unreadable(sentence("A CSV file of one's own needs a mapping, and no other format takes one."))
    if mapping is not None:
        return mapped_csv.read(sources, tally, mapping)
    return _READERS[kind](sources, tally)


def detect(beginning: bytes) -> Format | None:
    """The format of a file that begins so; None when it is none of ours."""
    text = (
        beginning[:GLANCE]
        .decode(marked_encoding(beginning) or "utf-8", errors="replace")
        .lstrip("\ufeff \r\n")
    )
    if text.startswith("<"):
        return next((kind for root, kind in _ROOTS if root in text), None)
    if text.startswith("{"):
        return Format.FTM if '"schema"' in text or '"properties"' in text else None
    line = text.splitlines()[0] if text else ""
    for columns, delimiter, kind in _HEADERS:
        if set(columns) <= {name.strip('" ') for name in line.split(delimiter)}:
            return kind
    return Format.OFAC_CSV if _is_ofac(line) else None


def _is_ofac(line: str) -> bool:
    """No header; an entry's number, then as many columns as one of the four kinds of file has."""
    cells = next(csv.reader([line]), [])
    return len(cells) in _OFAC_WIDTHS and cells[0].strip().isdecimal()
