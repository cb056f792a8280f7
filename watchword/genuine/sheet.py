# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cards as a PDF of A6 pages, made in memory: nothing is fetched, and nothing is left on a disk."""

from collections.abc import Sequence
from pathlib import Path

import segno
from django.template.loader import render_to_string
from django.utils import translation

from watchword.genuine.services import NewCard
from watchword.trust.fingerprint import Fingerprint
from watchword.trust.words import words
from watchword.web.paper import CARD
from watchword.web.paper import pdf as on_paper

STYLE = Path(__file__).with_name("cards.css")


def pdf(*, cards: Sequence[NewCard], address: str, mark: Fingerprint, language: str) -> bytes:
    """One page for each card, in the language of the cards."""
    page = {
        "cards": [_said(card) for card in cards],
        "address": address,
        "picture": segno.make(address, error="m", micro=False).png_data_uri(scale=8, border=2),
        "mark": {"words": mark.rows(language), "digits": mark.digits},
        "language": language,
    }
    with translation.override(language):
        text = render_to_string("genuine/cards.html", page)
    return on_paper(text, CARD, STYLE)


def address_for(gates: Sequence[str]) -> str:
    """The address that is printed: the onion service, where there is one."""
    return next((gate for gate in gates if ".onion" in gate), gates[0])


def _said(card: NewCard) -> dict[str, Sequence[str]]:
    first, second = (words(phrase.words, phrase.language) for phrase in (card.first, card.second))
    return {"number": card.number.groups(), "first": first, "second": second}
