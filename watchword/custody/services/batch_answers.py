# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian gives this seat's shares of a whole batch, or refuses it; either is said once and stays."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import CUSTODIANS, Actor
from watchword.cases.rules import minute
from watchword.core.ledger.canonical import JSON
from watchword.core.procedure.custody import SEATS
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.seal import seal
from watchword.custody import rules, selectors
from watchword.custody.action import Words
from watchword.custody.models import Batch, BatchAnswer, BatchPart
from watchword.custody.rules import State
from watchword.custody.services.ending import destroy_batch
from watchword.custody.services.shares import resealed_together
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import selectors as vault


def give_batch(*, batch_uid: str, seen: str, actor: Actor, now: datetime) -> Batch:
    """Open this seat's share of each thing in it, recorded first, and seal it to the one-time key."""
    now = minute(now)
    batch = selectors.batch_to_answer(batch_uid, viewer=actor)
    seat = check_answer_to_batch(batch, seen, actor, now)
    parts = resealed_together(batch, seat=seat, actor=actor, now=now)
    with transaction.atomic():
        batch = locked_batch(batch)
        check_answer_to_batch(batch, seen, actor, now)
        keep_shares_of_batch(batch, parts, seat=seat, actor=actor, now=now)
        record_answer_to_batch(Event.IDENTITY_SHARE, batch, {"seat": seat}, actor, now)
    return batch


@transaction.atomic
def refuse_batch(*, batch_uid: str, seen: str, reason: str, actor: Actor, now: datetime) -> Batch:
    """Refuse from this seat, for good. Once too few are left, what others gave is destroyed."""
    now = minute(now)
    batch = locked_batch(selectors.batch_to_answer(batch_uid, viewer=actor))
    seat = check_answer_to_batch(batch, seen, actor, now)
    if not reason.strip():
        raise WrongState(sentence("Write why you refuse."))
    words = Words(reason.strip(), random_bytes(16).hex())
    seats = frozenset(SEATS[: batch.seats]) - batch.facts().distrusted
    readers = seats | rules.roles_that_run(batch.run) - CUSTODIANS
    BatchAnswer.objects.create(
        batch=batch,
        number=batch.answers.count() + 1,
        seat=seat,
        staff_id=actor.id,
        gave=False,
        words=seal(words.encode(), vault.manifest().recipients(readers)),
        words_hash=words.hash,
        at=now,
    )
    record_answer_to_batch(Event.IDENTITY_REFUSE, batch, {"seat": seat, "words": words.hash}, actor, now)
    batch = locked_batch(batch)
    if batch.facts().state(now) is State.REFUSED:
        destroy_batch(batch, now)
    return batch


def keep_shares_of_batch(
    batch: Batch, parts: Mapping[int, bytes], *, seat: str, actor: Actor, now: datetime
) -> None:
    """Store what a seat gave, by the keys of the bodies that it is of, in the order in which it came."""
    number = batch.answers.count() + 1
    answer = BatchAnswer.objects.create(
        batch=batch, number=number, seat=seat, staff_id=actor.id, gave=True, at=now
    )
    BatchPart.objects.bulk_create(
        BatchPart(answer=answer, body_id=body, sealed=sealed) for body, sealed in parts.items()
    )


def record_answer_to_batch(
    event: Event, batch: Batch, payload: dict[str, JSON], actor: Actor, now: datetime
) -> None:
    """An entry of no case, under the hash of what was asked for."""
    record(
        event,
        signer=actor.signer,
        case=None,
        payload={"batch": batch.uid, **payload},
        public={"action": bytes.fromhex(batch.action_hash)},
        at=now,
        proof=actor.proof,
    )


def check_answer_to_batch(batch: Batch, seen: str, actor: Actor, now: datetime) -> str:
    """The seat from which this person may answer; what is answered is what was asked and shown."""
    seat = selectors.seat_in(batch, actor)
    rules.check_may_answer_batch(actor, batch.facts(), selectors.ties_of(batch), seat=seat, now=now)
    rules.check_same(batch.action_hash, seen, batch.request().hash.hex())
    return seat or ""


def locked_batch(batch: Batch) -> Batch:
    """The batch as it is now, until this transaction ends."""
    return Batch.objects.select_for_update().get(pk=batch.pk)
