# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes the register of clones: one officer proposes, another confirms, the courier delivers."""

from datetime import date, datetime

import rfc8785
from django.db import transaction

from watchword import trust
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.refusals import NotFound, sentence
from watchword.core.sealing.primitives import random_bytes, sha256
from watchword.genuine import rules, selectors
from watchword.genuine.models import CloneProposal, RegisterDelivery
from watchword.genuine.rules import State
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.trust.clones import MOST_CLONES


@transaction.atomic
def propose(*, typed: str, removes: bool, actor: Actor, now: datetime) -> CloneProposal:
    """Propose to put an address into the register, or to take one out."""
    address = rules.address_of(typed, () if removes else trust.current().gates)
    rules.check_may_propose(
        actor,
        address,
        listed=address in selectors.known(),
        waiting=CloneProposal.objects.filter(address=address, state=State.PROPOSED).exists(),
        removes=removes,
    )
    proposal = CloneProposal.objects.create(
        uid=random_bytes(16).hex(),
        address=address,
        removes=removes,
        state=State.PROPOSED,
        proposed_by_id=actor.id,
        proposed_at=_minute(now),
    )
    _record(Event.CLONE_PROPOSE, proposal, actor, now)
    return proposal


@transaction.atomic
def confirm(*, uid: str, actor: Actor, now: datetime) -> CloneProposal:
    """The second person agrees: the register has a new version, which the courier's next round delivers."""
    proposal = _locked(uid)
    rules.check_may_confirm(actor, proposal.facts())
    if not proposal.removes:
        rules.check_has_room(len(selectors.known()), MOST_CLONES)
    proposal.number = selectors.version() + 1
    _settle(proposal, State.CONFIRMED, actor, now)
    _record(Event.CLONE_CONFIRM, proposal, actor, now)
    return proposal


@transaction.atomic
def drop(*, uid: str, actor: Actor, now: datetime) -> CloneProposal:
    """The proposal was a mistake, or cannot be shown to be true."""
    proposal = _locked(uid)
    rules.check_may_drop(actor, proposal.facts())
    _settle(proposal, State.DROPPED, actor, now)
    _record(Event.CLONE_DROP, proposal, actor, now)
    return proposal


@transaction.atomic
def register_delivered(*, version: int, signed: date, actor: Actor, now: datetime) -> None:
    """The Gate shows this version."""
    check_has(actor, Permission.PARCEL_RECEIVE)
    RegisterDelivery.objects.update_or_create(pk=1, defaults={"version": version, "signed": signed})
    record(Event.COURIER_PUBLISH, signer=actor.signer, case=None, payload={"register": version}, at=now)


def _locked(uid: str) -> CloneProposal:
    proposal = CloneProposal.objects.select_for_update().filter(pk=uid).first()
    if proposal is None:
        raise NotFound(sentence("There is no such proposal."))
    return proposal


def _settle(proposal: CloneProposal, state: State, actor: Actor, now: datetime) -> None:
    proposal.state, proposal.settled_by_id, proposal.settled_at = state, actor.id, _minute(now)
    proposal.save(update_fields=["state", "settled_by", "settled_at", "number"])


def _record(event: Event, proposal: CloneProposal, actor: Actor, now: datetime) -> None:
    """All three carry the hash of what was proposed: a verifier pairs the two people without reading it."""
    said: dict[str, str | bool] = {
        "address": proposal.address,
        "removes": proposal.removes,
        "uid": proposal.uid,
    }
    record(
        event,
        signer=actor.signer,
        case=None,
        payload={"proposal": proposal.uid},
        at=now,
        public={"action": sha256(rfc8785.dumps({**said}))},
    )


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
