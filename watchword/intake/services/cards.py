# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers the number of an invitation card with its words: once, and from then on with the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from watchword import trust
from watchword.core.sealing.card import CardNumber, Phrase
from watchword.intake.models import Card
from watchword.intake.services import traces


@dataclass(frozen=True)
class SealedCard:
    """What the Desk hands over of a card: 16 bytes that name it, 21 that its number opens."""

    tag: bytes
    sealed: bytes


@dataclass(frozen=True)
class CardAnswer:
    """The words, or the day on which they were shown, or neither: then no card of ours has this number."""

    words: Phrase | None = None
    shown: date | None = None


def answer_card(*, number: CardNumber, today: date) -> CardAnswer:
    """Show the words of this card and forget them, both or neither.

    The derivation is the same for every number, known or not: it is done before anything is looked up.
    """
    keys = number.keys(trust.current().organisation)
    with transaction.atomic():
        row = Card.objects.select_for_update().filter(pk=keys.tag.hex()).first()
        if row is None:
            return CardAnswer()
        if row.shown is not None:
            return CardAnswer(shown=row.shown)
        words = Phrase.opened(keys.gate, bytes(row.sealed))
        row.sealed, row.shown = b"", today
        row.save(update_fields=["sealed", "shown"])
        traces.remove_after_commit()
        return CardAnswer(words=words)


def receive_cards(*, cards: Iterable[SealedCard]) -> list[str]:
    """Keep what the Desk hands over; a card that is here already stays as it is. Returns every name."""
    received = []
    for card in cards:
        tag = card.tag.hex()
        Card.objects.get_or_create(tag=tag, defaults={"sealed": card.sealed})
        received.append(tag)
    return received
