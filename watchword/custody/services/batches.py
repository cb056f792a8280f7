# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks custodians for many cases at once, for a run that opens them in memory and shows them to nobody."""

from datetime import datetime

from django.db import IntegrityError, transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.core.sealing.primitives import random_bytes
from watchword.custody import rules, selectors
from watchword.custody.models import Batch, BatchBody
from watchword.custody.selectors import Matter
from watchword.custody.services.batch_drafts import BatchDraft, request_for, still_in
from watchword.custody.services.ending import end_overdue_batch
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def ask_batch(*, draft: BatchDraft, actor: Actor, now: datetime) -> Batch:
    """Put a batch before the custodians, confirmed just then."""
    now = minute(now)
    for before in selectors.going(actor.id, draft.run).select_for_update():
        end_overdue_batch(before, actor, now)
    rules.check_none_going(selectors.going(actor.id, draft.run).exists())
    inside = still_in(draft, actor, now)
    rules.check_may_ask_batch(actor, draft.run, cases=len(inside), until=draft.until, now=now)
    return _kept(draft, inside, actor, now)


def _kept(draft: BatchDraft, inside: list[Matter], actor: Actor, now: datetime) -> Batch:
    request = request_for(draft, inside, actor)
    batch = Batch(
        uid=random_bytes(16).hex(),
        run=request.run,
        elements=list(request.elements),
        asked_by_id=actor.id,
        at=now,
        until=request.until,
        needed=request.needed,
        seats=request.seats,
        recipient=request.recipient,
        sealed_key=draft.sealed_key,
        ceremony_id=draft.ceremony or None,
        action_hash=request.hash.hex(),
    )
    _save_alone(batch)
    BatchBody.objects.bulk_create(
        BatchBody(batch=batch, case_id=one.uid, record_id=body.uid, sha256=body.sha256)
        for one in inside
        for body in one.bodies(request.elements)
    )
    record(
        Event.IDENTITY_BATCH,
        signer=actor.signer,
        # Of no case: the entry's salt would stay when one of them is erased, and with it their codes.
        case=None,
        payload={"batch": batch.uid, "run": request.run, "elements": list(request.elements)},
        public=request.public,
        at=now,
        proof=actor.proof,
    )
    return batch


def _save_alone(batch: Batch) -> None:
    """Two windows of one person that ask at the same moment do not see each other; the database does."""
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError:
        rules.check_none_going(going=True)
        raise
