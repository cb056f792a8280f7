# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the parties of OFAC's advanced XML refer to: words, places, documents, programmes."""

from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from watchword.core.screening.loaders import markup
from watchword.core.screening.loaders.markup import children, local, text
from watchword.core.screening.loaders.sources import Source

WORDS = frozenset(
    ("AliasType", "Country", "DetailReference", "FeatureType", "IDRegDocType", "LocPartType", "NamePartType")
) | {"PartySubType", "PartyType", "AreaCode"}
WANTED = WORDS | {"Location", "IDRegDocument", "SanctionsEntry", "DistinctParty"}


@dataclass
class Tables:
    """The words by (table, number), and what hangs on a location, an identity, a profile."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    party_types: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str]]] = field(default_factory=lambda: defaultdict(list))
    programmes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def word(self, table: str, number: str) -> str:
        """The word behind a number; empty when the file does not say."""
        return self.words.get((table, number), "")


def gather(source: Source) -> Tables:
    """Read the whole file once for its tables; raises ``Unreadable`` as reading any XML does."""
    found = Tables()
    for element in markup.entries(source, root="Sanctions", wanted=WANTED):
        name = local(element)
        if name in WORDS:
            found.words[name, element.get("ID", "")] = text(element)
            if name == "PartySubType":
                found.party_types[element.get("ID", "")] = element.get("PartyTypeID", "")
        elif name in _TAKE:
            _TAKE[name](found, element)
    return found


def _location(found: Tables, element: Element) -> None:
    """The parts in the order of the file, main spelling only, then the country."""
    parts = [
        text(value, "Value")
        for part in children(element, "LocationPart")
        for value in children(part, "LocationPartValue")
        if value.get("Primary", "true") == "true"
    ]
    countries = [found.word("Country", c.get("CountryID", "")) for c in children(element, "LocationCountry")]
    found.places[element.get("ID", "")] = ", ".join(filter(None, (*parts, *countries)))


def _document(found: Tables, element: Element) -> None:
    number = text(element, "IDRegistrationNo")
    kind = found.word("IDRegDocType", element.get("IDRegDocTypeID", ""))
    country = found.word("Country", element.get("IssuedBy-CountryID", ""))
    if number:
        found.documents[element.get("IdentityID", "")].append((kind or "other", number, country))


def _entry(found: Tables, element: Element) -> None:
    for measure in children(element, "SanctionsMeasure"):
        if programme := text(measure, "Comment"):
            found.programmes[element.get("ProfileID", "")].append(programme)


_TAKE = {"IDRegDocument": _document, "Location": _location, "SanctionsEntry": _entry}
