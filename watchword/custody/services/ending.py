# SPDX-License-Identifier: AGPL-3.0-or-later
"""Destroys what a release opens with: when whoever asked is done, when it was refused, and past its end."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.custody import rules, selectors
from watchword.custody.models import Batch, BatchPart, Release, Resealed
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def end(*, release_uid: str, actor: Actor, now: datetime) -> Release:
    """Whoever asked is done with it, or needs it no more."""
    now = minute(now)
    found = selectors.own(release_uid, viewer=actor)
    release = Release.objects.select_for_update().get(pk=found.pk)
    rules.check_may_end(actor, release.facts(), now)
    return _ended(release, actor, now)


@transaction.atomic
def end_batch(*, batch_uid: str, actor: Actor, now: datetime) -> Batch:
    """The run is done with it, or whoever asked needs it no more."""
    now = minute(now)
    found = selectors.own_batch(batch_uid, viewer=actor)
    batch = Batch.objects.select_for_update().get(pk=found.pk)
    rules.check_may_end(actor, batch.facts(), now)
    _ended_batch(batch, actor, now)
    return batch


def end_overdue_batch(batch: Batch, actor: Actor, now: datetime) -> None:
    """What is past its end does not keep anybody from asking anew; the caller holds its lock."""
    if batch.ended_at is None and now >= batch.until:
        _ended_batch(batch, actor, now)


def end_with_ceremony(batch: Batch, actor: Actor, now: datetime) -> None:
    """What splits anew ends with what it is for; the caller holds its lock."""
    _ended_batch(batch, actor, now)


def destroy_ended(*, actor: Actor, now: datetime) -> int:
    """The job: everything that is past its end; how many there were. Nothing of it opened since its end."""
    now = minute(now)
    due, batches = selectors.ended(now), selectors.batches_ended(now)
    for uid in due:
        with transaction.atomic():
            release = Release.objects.select_for_update().get(pk=uid)
            if release.ended_at is None:
                _ended(release, actor, now)
    for uid in batches:
        with transaction.atomic():
            end_overdue_batch(Batch.objects.select_for_update().get(pk=uid), actor, now)
    return len(due) + len(batches)


def destroy(release: Release, now: datetime) -> None:
    """The shares that were given, and the key that they are sealed to."""
    Resealed.objects.filter(answer__release=release).delete()
    release.sealed_key, release.ended_at = b"", now
    release.save(update_fields=["sealed_key", "ended_at"])


def destroy_batch(batch: Batch, now: datetime) -> None:
    """The same of a batch."""
    BatchPart.objects.filter(answer__batch=batch).delete()
    batch.sealed_key, batch.ended_at = b"", now
    batch.save(update_fields=["sealed_key", "ended_at"])


def _ended_batch(batch: Batch, actor: Actor, now: datetime) -> None:
    destroy_batch(batch, now)
    record(
        Event.IDENTITY_END,
        signer=actor.signer,
        case=None,
        payload={"batch": batch.uid},
        public={"action": bytes.fromhex(batch.action_hash)},
        at=now,
    )


def _ended(release: Release, actor: Actor, now: datetime) -> Release:
    destroy(release, now)
    record(
        Event.IDENTITY_END,
        signer=actor.signer,
        case=release.case_id,
        payload={"release": release.uid},
        public={"action": bytes.fromhex(release.action_hash)},
        at=now,
    )
    return release
