# SPDX-License-Identifier: AGPL-3.0-or-later
"""A custodian gives this seat's share, or refuses with a reason; either is said once and stays."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core.ledger.canonical import JSON
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.custody import rules, selectors
from watchword.custody.action import Words
from watchword.custody.models import Answer, Release
from watchword.custody.rules import State, seat_of
from watchword.custody.selectors import Matter, matter
from watchword.custody.services.asking import keep_share
from watchword.custody.services.ending import destroy
from watchword.custody.services.sealing import seal_words
from watchword.custody.services.shares import resealed
from watchword.journal.events import Event
from watchword.journal.services import record

RECORD_KIND = "release-refusal"


def give(*, release_uid: str, seen: str, actor: Actor, now: datetime) -> Release:
    """Open this seat's share of what is asked for, recorded first, and seal it to the one-time key."""
    now = minute(now)
    release = selectors.to_answer(release_uid, viewer=actor)
    one = matter(release.case)
    seat = check_answer(release, one, seen, actor, now)
    bodies = selectors.bodies_of(release)
    parts = resealed(one, bodies, recipient=release.recipient, seat=seat, actor=actor, now=now)
    with transaction.atomic():
        release = locked_release(release)
        check_answer(release, matter(release.case), seen, actor, now)
        keep_share(release, parts, seat=seat, actor=actor, now=now)
        record_answer(Event.IDENTITY_SHARE, release, {"seat": seat}, actor, now)
    return release


@transaction.atomic
def refuse(*, release_uid: str, seen: str, reason: str, actor: Actor, now: datetime) -> Release:
    """Refuse from this seat, for good. Once too few are left, what others gave is destroyed."""
    now = minute(now)
    release = locked_release(selectors.to_answer(release_uid, viewer=actor))
    one = matter(release.case)
    seat = check_answer(release, one, seen, actor, now)
    if not reason.strip():
        raise WrongState(sentence("Write why you refuse."))
    words = Words(reason.strip(), random_bytes(16).hex())
    Answer.objects.create(
        release=release,
        number=release.answers.count() + 1,
        seat=seat,
        staff_id=actor.id,
        gave=False,
        words_id=seal_words(
            words, one, kind=RECORD_KIND, readers=release.words.readers, actor=actor, now=now
        ),
        words_hash=words.hash,
        at=now,
    )
    record_answer(Event.IDENTITY_REFUSE, release, {"seat": seat, "words": words.hash}, actor, now)
    release = locked_release(release)
    if release.facts().state(now) is State.REFUSED:
        destroy(release, now)
    return release


def record_answer(
    event: Event, release: Release, payload: dict[str, JSON], actor: Actor, now: datetime
) -> None:
    """An entry under the hash of what was asked for."""
    record(
        event,
        signer=actor.signer,
        case=release.case_id,
        payload={"release": release.uid, **payload},
        public={"action": bytes.fromhex(release.action_hash)},
        at=now,
        proof=actor.proof,
    )


def check_answer(release: Release, one: Matter, seen: str, actor: Actor, now: datetime) -> str:
    """The seat from which this person may answer; what is answered is what was asked and shown."""
    seats = one.profile.custody.seats if one.profile.custody else ()
    held = seat_of(actor)
    seat = held if held in seats else None
    rules.check_may_answer(actor, release.facts(), one.standing.ties, seat=seat, now=now)
    rules.check_same(release.action_hash, seen, release.request().hash.hex())
    return seat or ""


def locked_release(release: Release) -> Release:
    """The case first, then the release: every service takes the two locks in this order."""
    locked(release.case_id)
    return Release.objects.select_for_update().get(pk=release.pk)
