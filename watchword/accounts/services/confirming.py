# SPDX-License-Identifier: AGPL-3.0-or-later
"""Confirms a decisive act just before it is done: the person is asked for what only they have."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.signing import BadSignature, Signer

from watchword.accounts import selectors
from watchword.accounts.models import Staff
from watchword.accounts.passkeys import LIFE, Site, not_accepted
from watchword.accounts.rules import Actor
from watchword.accounts.services import delays
from watchword.accounts.services.passkeys import check
from watchword.core.ledger.assertion import BY_CODE, Proof
from watchword.core.ledger.entry import NONCE_LENGTH
from watchword.core.ledger.tree import TreeHead
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.selectors import latest_checkpoint
from watchword.journal.services import PublicFact, challenge

_signer = Signer(salt="watchword/act")


@dataclass(frozen=True)
class Deed:
    """An act that is about to be done, as its ledger entry will name it."""

    event: Event
    case: str | None
    public: Mapping[str, PublicFact]


def ticket_for(deed: Deed, *, actor: Actor, now: datetime) -> tuple[str, bytes]:
    """What the page carries, and the challenge for a passkey: the hash of this act, with a fresh nonce."""
    nonce, head = random_bytes(NONCE_LENGTH), latest_checkpoint().head
    until = int((now + LIFE).timestamp())
    ticket = _signer.sign(f"{nonce.hex()}.{head.size}.{head.root.hex()}.{until}")
    return ticket, _challenge(deed, actor, nonce, head)


def by_passkey(deed: Deed, *, assertion: str, ticket: str, site: Site, actor: Actor, now: datetime) -> Actor:
    """The actor with a proof for this act and no other; the journal takes each nonce once."""
    nonce, base = _read(ticket, now)
    asked = _challenge(deed, actor, nonce, base)
    accepted = check(assertion, asked, site=site, staff_id=actor.id, now=now)
    return replace(actor, proof=Proof(nonce, base, accepted.assertion))


def by_code(*, code: str, actor: Actor, now: datetime) -> Actor:
    """The actor with a one-time code spent on what they do next; the entry says that it was a code."""
    staff = selectors.staff_by_id(actor.id)
    delays.check_not_held(staff.login, now)
    step = actor.keys.step_of(code, now) if actor.keys else None
    rows = Staff.objects.filter(pk=staff.pk, last_step__lt=step or 0)
    if step is None or rows.update(last_step=step) != 1:
        delays.note_failure(staff.login, now)
        raise NotPermitted(sentence("This code is not the present one, or it was used before."))
    return replace(actor, proof=BY_CODE)


def _challenge(deed: Deed, actor: Actor, nonce: bytes, base: TreeHead) -> bytes:
    return challenge(
        deed.event, signer=actor.signer, case=deed.case, public=deed.public, nonce=nonce, base=base
    )


def _read(ticket: str, now: datetime) -> tuple[bytes, TreeHead]:
    try:
        nonce, size, root, until = _signer.unsign(ticket).split(".")
    except (BadSignature, ValueError):
        raise not_accepted() from None
    if now.timestamp() >= int(until):
        raise WrongState(sentence("This page was open for too long. Try once more."))
    return bytes.fromhex(nonce), TreeHead(int(size), bytes.fromhex(root))
