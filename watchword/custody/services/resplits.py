# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two administrators agree that a seat is distrusted; custodians may then split anew what is lodged."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.custody import rules, selectors
from watchword.custody.models import Batch, Resplit
from watchword.custody.rules import Stage
from watchword.custody.services.ending import end_with_ceremony
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def propose_resplit(*, seats: Collection[str], reason: str, actor: Actor, now: datetime) -> Resplit:
    """Say which seats are distrusted, and why. Nothing happens before another administrator confirms it.

    While a splitting goes on, its seats that have no new key yet are distrusted in the next one too.
    """
    if not reason.strip():
        raise WrongState(sentence("Write why."))
    if before := selectors.ceremony_at(Stage.CONFIRMED):
        seats = {*seats, *(frozenset(before.seats) - selectors.facts_of(before, left=0).fresh)}
    one = Resplit(
        uid=random_bytes(16).hex(),
        seats=sorted(set(seats)),
        epochs={},
        reason=reason.strip(),
        stage=Stage.PROPOSED,
        proposed_by_id=actor.id,
        proposed=minute(now),
    )
    waiting = selectors.ceremony_at(Stage.PROPOSED) is not None
    rules.check_may_propose(actor, selectors.facts_of(one, left=0), waiting=waiting)
    one.save(force_insert=True)
    _record(Event.RESPLIT_PROPOSE, one, actor, now)
    return one


@transaction.atomic
def confirm_resplit(*, uid: str, actor: Actor, now: datetime) -> Resplit:
    """The second administrator agrees: the keys that these seats have now do not count from here on.

    A splitting that goes on ends with it: what it left, and what it did, is split anew by this one.
    """
    one = _locked(uid, actor)
    rules.check_may_confirm(actor, selectors.facts_of(one, left=0))
    if before := selectors.ceremony_at(Stage.CONFIRMED):
        _end(_locked(before.uid, actor), actor, now)
    keys = {seat: accounts.current_role_key(seat) for seat in one.seats}
    one.epochs = {seat: key.epoch if key else 0 for seat, key in keys.items()}
    one.stage, one.settled_by_id, one.settled = Stage.CONFIRMED, actor.id, minute(now)
    one.save(update_fields=["epochs", "stage", "settled_by", "settled"])
    _record(Event.RESPLIT_CONFIRM, one, actor, now)
    return one


@transaction.atomic
def drop_resplit(*, uid: str, actor: Actor, now: datetime) -> Resplit:
    """Not after all."""
    one = _locked(uid, actor)
    rules.check_may_drop(actor, selectors.facts_of(one, left=0))
    one.stage, one.settled_by_id, one.settled = Stage.DROPPED, actor.id, minute(now)
    one.save(update_fields=["stage", "settled_by", "settled"])
    _record(Event.RESPLIT_DROP, one, actor, now)
    return one


@transaction.atomic
def end_resplit(*, uid: str, actor: Actor, now: datetime) -> Resplit:
    """Nothing is left, and nothing can come any more that was sealed to the old keys."""
    one = _locked(uid, actor)
    rules.check_may_end_ceremony(actor, selectors.facts_of(one), now)
    _end(one, actor, now)
    return one


def _end(one: Resplit, actor: Actor, now: datetime) -> None:
    for batch in Batch.objects.select_for_update().filter(ceremony=one, ended_at=None):
        end_with_ceremony(batch, actor, minute(now))
    one.stage, one.ended_by_id, one.ended = Stage.ENDED, actor.id, minute(now)
    one.save(update_fields=["stage", "ended_by", "ended"])
    _record(Event.RESPLIT_END, one, actor, now)


def _locked(uid: str, actor: Actor) -> Resplit:
    found = selectors.ceremony(uid, viewer=actor)
    return Resplit.objects.select_for_update().get(pk=found.pk)


def _record(event: Event, one: Resplit, actor: Actor, now: datetime) -> None:
    public = one.public if event in _NAMING else {"action": one.action}
    record(
        event,
        signer=actor.signer,
        case=None,
        payload={"resplit": one.uid, "seats": list(one.seats)},
        public=public,
        at=minute(now),
        proof=actor.proof,
    )


_NAMING = frozenset({Event.RESPLIT_CONFIRM, Event.RESPLIT_PROPOSE})
