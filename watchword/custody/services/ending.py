# SPDX-License-Identifier: AGPL-3.0-or-later
"""Destroys what a release opens with: when whoever asked is done, when it was refused, and past its end."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.custody import rules, selectors
from watchword.custody.models import Release, Resealed
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


def destroy_ended(*, actor: Actor, now: datetime) -> int:
    """The job: everything that is past its end; how many there were. Nothing of it opened since its end."""
    now = minute(now)
    due = selectors.ended(now)
    for uid in due:
        with transaction.atomic():
            release = Release.objects.select_for_update().get(pk=uid)
            if release.ended_at is None:
                _ended(release, actor, now)
    return len(due)


def destroy(release: Release, now: datetime) -> None:
    """The shares that were given, and the key that they are sealed to."""
    Resealed.objects.filter(answer__release=release).delete()
    release.sealed_key, release.ended_at = b"", now
    release.save(update_fields=["sealed_key", "ended_at"])


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
