# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a place, a document or a contact is compared: a key that spelling does not change."""

import unicodedata
from collections.abc import Sequence

from watchword.core import names
from watchword.core.screening.record import Document

# Words that every address has; a country says nothing of a place and has a field of its own.
EVERYWHERE = frozenset(
    skeleton
    for text in (
        "область обл район республика край город г село деревня посёлок пос улица область місто село район",
        "вобласць раён горад вёска Россия Росія Расія Украина Україна Беларусь",
        "СССР РСФСР УССР БССР Белоруссия",
        "oblast region district republic krai city town village settlement province raion gorod selo",
        "USSR Soviet Union RSFSR Russia Russian Federation Ukraine Belarus Byelorussian Ukrainian SSR",
    )
    for skeleton in names.skeletons(text)
)
SHORTEST_PLACE = 3  # letters; shorter words of an address are abbreviations
SHORTEST_KEY = 5  # of a number or an address; shorter ones are placeholders and numbers of a list
NUMBER_TAIL = 9  # digits of a telephone number that stay whatever is dialled before them


def place_keys(places: Sequence[str]) -> list[str]:
    """The skeletons of the words that tell one place from another."""
    found = {skeleton: None for place in places for skeleton in names.skeletons(place)}
    return [key for key in found if len(key) >= SHORTEST_PLACE and key not in EVERYWHERE]


def document_key(document: Document) -> str:
    """Letters and digits of the number. Kind and country are left out: sources often get them wrong."""
    return "".join(letter for letter in folded(document.number) if letter.isalnum())


def contact_key(contact: str) -> str:
    """The last digits of a telephone number; an address or a handle without case and marks."""
    text = folded(contact)
    digits = "".join(letter for letter in text if letter.isdecimal())
    if len(digits) >= NUMBER_TAIL and not any(letter.isalpha() for letter in text):
        return digits[-NUMBER_TAIL:]
    return text.strip().lstrip("@")


def compared(key: str) -> bool:
    """Whether a key tells one document or contact from another; a short one stands for none."""
    return len(key) >= SHORTEST_KEY


def folded(text: str) -> str:
    """One width, one case."""
    return unicodedata.normalize("NFKC", text).casefold()
