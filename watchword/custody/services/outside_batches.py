# SPDX-License-Identifier: AGPL-3.0-or-later
"""A batch for a custodian whose seat's key is on a machine of their own, and the answer that comes back.

As with a request of one case, the Desk opens none of it. A share that did not come, or was altered here, is
left out: of that body another custodian gives one.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing import batch_request
from watchword.core.sealing.answer import SeatAnswer
from watchword.core.sealing.batch_request import SealedRefusal, SeatBatch, ToldOfBatch
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.handed import Body, Entry
from watchword.custody import selectors
from watchword.custody.models import Batch, BatchBody
from watchword.custody.selectors import seat_words
from watchword.custody.services.batch_answers import (
    check_answer_to_batch,
    keep_shares_of_batch,
    locked_batch,
    record_answer_to_batch,
    refuse_batch,
)
from watchword.custody.services.batch_reading import asked_before
from watchword.custody.services.outside_files import check_held_outside, read_answer, say, shown
from watchword.custody.services.shares import NO_SHARE, OF_A_BATCH
from watchword.journal.events import Event
from watchword.vault.opening import take_out


def take_batch(*, batch_uid: str, since: int, actor: Actor, now: datetime) -> bytes:
    """The file for this custodian's machine. That sealed things left is in the ledger before they do.

    ``since``: the size of the ledger which that machine has kept, 0 for none.
    """
    batch = selectors.batch_to_answer(batch_uid, viewer=actor)
    seat = check_answer_to_batch(batch, batch.action_hash, actor, now)
    check_held_outside(seat, actor)
    bodies, entries = _shares(batch, seat, actor, now)
    before = asked_before(batch, now)
    file = SeatBatch(
        asked=batch.request().asked,
        bodies=bodies,
        entries=entries,
        ledger=shown(None, (Event.IDENTITY_BATCH,), ("batch", batch.uid), since),
        seat=seat,
        told=ToldOfBatch(
            tuple(_line(other, actor, now) for other in before),
            selectors.batch_row(batch, viewer=actor, now=now).by,
        ),
        words=tuple(_refusals(batch, *before)),
    )
    try:
        return batch_request.pack(file)
    except SealingError as error:
        raise WrongState(error.reason) from None


def take_batch_answer(*, batch_uid: str, raw: bytes, gave: bool, actor: Actor, now: datetime) -> Batch:
    """What that machine answered: kept as shares that were given here, or as a refusal of all of it.

    ``gave`` is what this custodian has just confirmed that it does.
    """
    batch = selectors.batch_to_answer(batch_uid, viewer=actor)
    found = read_answer(raw, action=batch.action_hash, gave=gave, actor=actor).answer
    if not gave:
        return refuse_batch(batch_uid=batch.uid, seen=found.action, reason=found.reason, actor=actor, now=now)
    return _keep(batch, found, actor, minute(now))


@transaction.atomic
def _keep(batch: Batch, found: SeatAnswer, actor: Actor, now: datetime) -> Batch:
    batch = locked_batch(batch)
    seat = check_answer_to_batch(batch, found.action, actor, now)
    given = {part.sha256: part.sealed for part in found.parts}
    bodies = _by_hash(batch)
    if not given.keys() <= bodies.keys() or len(given) < len(found.parts):
        raise WrongState(sentence("This answer has shares of something else than what was asked for."))
    parts = {bodies[sha].pk: sealed for sha, sealed in given.items()}
    keep_shares_of_batch(batch, parts, seat=seat, actor=actor, now=now)
    record_answer_to_batch(Event.IDENTITY_SHARE, batch, {"seat": seat}, actor, now)
    return batch


def _shares(
    batch: Batch, seat: str, actor: Actor, now: datetime
) -> tuple[tuple[Body, ...], tuple[Entry, ...]]:
    """What this seat was handed with each sending of which something is asked for, once for each sending."""
    bodies = _by_hash(batch).values()
    handed = selectors.shares_of(bodies, seat)
    found = take_out(sorted(set(handed.values())), actor=actor, purpose=OF_A_BATCH, now=now)
    taken = {uid: sealed for uid, sealed in found.items() if isinstance(sealed, bytes)}
    here = [body for body in bodies if handed.get(body.pk) in taken]
    if not here:
        raise WrongState(NO_SHARE)
    sendings = {handed[body.pk]: (body.case_id, body.record.revision) for body in here}
    places = {uid: number for number, uid in enumerate(sendings)}
    return (
        tuple(
            Body(body.case_id, body.record.compartment, places[handed[body.pk]], body.sha256) for body in here
        ),
        tuple(Entry(case, revision, taken[uid]) for uid, (case, revision) in sendings.items()),
    )


def _by_hash(batch: Batch) -> Mapping[str, BatchBody]:
    """An answer names its parts by hashes of bodies: what was sent twice alike stands here once."""
    return {body.sha256: body for body in batch.bodies.select_related("record").order_by("pk")}


def _refusals(*batches: Batch) -> Iterator[SealedRefusal]:
    for batch in batches:
        for answer in batch.answers.all():
            if not answer.gave:
                by = say(seat_words(answer.seat))
                yield SealedRefusal(by, answer.words_hash, bytes(answer.words))


def _line(other: Batch, actor: Actor, now: datetime) -> str:
    row = selectors.batch_row(other, viewer=actor, now=now)
    return f"{row.at:%Y-%m-%d}: {len(row.cases)}; {say(row.run_words)}; {say(row.state_words)}"
