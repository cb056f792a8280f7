# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes cards, and gives the second phrase of each to one case."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from watchword import trust
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.card import CardNumber, Phrase
from watchword.core.sealing.errors import SealingError
from watchword.genuine import rules
from watchword.genuine.models import IssuedCard
from watchword.journal.events import Event
from watchword.journal.services import record


@dataclass(frozen=True)
class NewCard:
    """What is printed on one card; it is nowhere else in clear."""

    number: CardNumber
    first: Phrase = field(repr=False)
    second: Phrase = field(repr=False)


@transaction.atomic
def issue(*, count: int, language: str, actor: Actor, now: datetime) -> list[NewCard]:
    """New cards in ``language``, recorded by their count."""
    rules.check_may_issue(actor, count)
    organisation = trust.current().organisation
    cards = [NewCard(CardNumber.new(), Phrase.new(language), Phrase.new(language)) for _ in range(count)]
    for card in cards:
        keys = card.number.keys(organisation)
        IssuedCard.objects.create(
            tag=keys.tag.hex(),
            countersign=card.second.sealed(keys.desk),
            for_gate=card.first.sealed(keys.gate),
        )
    record(Event.CARD_ISSUE, signer=actor.signer, case=None, payload={"cards": count}, at=now)
    return cards


@transaction.atomic
def give_countersign(*, typed: str, case: str, actor: Actor, now: datetime) -> Phrase:
    """The second phrase of the card whose number an applicant typed, for this case and for no other.

    WrongState when it is no number of ours, or when another case has it: then there are two of one card.
    """
    try:
        keys = CardNumber.parse(typed).keys(trust.current().organisation)
    except SealingError:
        raise WrongState(sentence("What stands there is not the number of a card.")) from None
    card = IssuedCard.objects.select_for_update().filter(pk=keys.tag.hex()).first()
    if card is None:
        raise WrongState(sentence("No card of ours has this number: the card is false, or mistyped."))
    if card.given_at is not None:
        raise WrongState(
            sentence("This card’s number came in another application before: somebody has copied it.")
        )
    card.given_at = now
    card.save(update_fields=["given_at"])
    record(Event.CARD_ANSWER, signer=actor.signer, case=case, payload={}, at=now)
    return Phrase.opened(keys.desk, bytes(card.countersign))


@transaction.atomic
def cards_delivered(*, tags: Collection[str], actor: Actor, now: datetime) -> int:
    """The Gate has its part of these cards; ours of that part goes."""
    check_has(actor, Permission.PARCEL_RECEIVE)
    waiting = IssuedCard.objects.filter(pk__in=list(tags), delivered_at=None)
    count = waiting.update(delivered_at=now.replace(second=0, microsecond=0), for_gate=b"")
    if count:
        record(Event.COURIER_PUBLISH, signer=actor.signer, case=None, payload={"cards": count}, at=now)
    return count
