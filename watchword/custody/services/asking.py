# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks custodians for something that they hold, or breaks the glass as one of them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from watchword.accounts.outside import is_outside
from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core.sealing.primitives import random_bytes
from watchword.custody import selectors
from watchword.custody.action import Request
from watchword.custody.models import Answer, Body, Release, Resealed
from watchword.custody.rules import seat_of
from watchword.custody.selectors import Matter
from watchword.custody.services.drafts import Draft, check_asks, check_breaks, request_of
from watchword.custody.services.sealing import readers_of_asking, seal_words
from watchword.custody.services.shares import Sealed, resealed
from watchword.journal.events import Event
from watchword.journal.services import record

RECORD_KIND = "release-request"


@transaction.atomic
def ask(*, case_uid: str, draft: Draft, actor: Actor, now: datetime) -> Release:
    """Put a request before the custodians, confirmed just then."""
    now = minute(now)
    locked(case_uid)
    one = selectors.matter_by_uid(case_uid, viewer=actor)
    check_asks(one, draft.wanted, actor, now)
    return _kept(draft, one, Event.IDENTITY_REQUEST, actor, now)


def break_glass(*, code: str, draft: Draft, actor: Actor, now: datetime) -> Release:
    """The first of two custodians: asks without a check, and gives this seat's share with the asking.

    A seat whose key is outside has no share to give here; then it takes one more of the others.
    """
    now = minute(now)
    one = selectors.matter_in_custody(code, viewer=actor)
    check_breaks(one, draft.wanted, actor, now)
    seat = seat_of(actor) or ""
    bodies = one.bodies(draft.wanted.elements)
    # Opened before the transaction: an opening waits for the ledger, which takes what was committed alone.
    held = not is_outside(seat)
    parts = resealed(one, bodies, recipient=draft.recipient, seat=seat, actor=actor, now=now) if held else ()
    with transaction.atomic():
        case = locked(one.uid)
        one = selectors.matter(case)
        check_breaks(one, draft.wanted, actor, now)
        release = _kept(draft, one, Event.IDENTITY_BREAK, actor, now)
        if held:
            keep_share(release, parts, seat=seat, actor=actor, now=now)
    return release


def keep_share(release: Release, parts: Sequence[Sealed], *, seat: str, actor: Actor, now: datetime) -> None:
    """Store what a seat gave, in the order in which it came."""
    number = release.answers.count() + 1
    answer = Answer.objects.create(
        release=release, number=number, seat=seat, staff_id=actor.id, gave=True, at=now
    )
    bodies = {body.record_id: body for body in release.bodies.all()}
    Resealed.objects.bulk_create(
        Resealed(answer=answer, body=bodies[record_uid], sealed=sealed) for record_uid, sealed in parts
    )


def _kept(draft: Draft, one: Matter, event: Event, actor: Actor, now: datetime) -> Release:
    glass = event is Event.IDENTITY_BREAK
    request = request_of(draft, one, actor, glass=glass)
    release = Release.objects.create(
        uid=random_bytes(16).hex(),
        case_id=one.uid,
        glass=glass,
        elements=list(request.elements),
        serves=request.serves,
        words_id=seal_words(
            draft.words, one, kind=RECORD_KIND, readers=readers_of_asking(one, actor), actor=actor, now=now
        ),
        words_hash=request.words,
        asked_by_id=actor.id,
        at=now,
        until=request.until,
        told=request.told,
        needed=request.needed,
        seats=request.seats,
        recipient=request.recipient,
        sealed_key=draft.sealed_key,
        action_hash=request.hash.hex(),
    )
    bodies = one.bodies(request.elements)
    Body.objects.bulk_create(Body(release=release, record_id=body.uid) for body in bodies)
    _record(event, release, request, actor, now)
    return release


def _record(event: Event, release: Release, request: Request, actor: Actor, now: datetime) -> None:
    record(
        event,
        signer=actor.signer,
        case=request.case,
        payload={
            "release": release.uid,
            "elements": list(request.elements),
            "serves": request.serves,
            "words": request.words,
        },
        public=request.public,
        at=now,
        proof=actor.proof,
    )
