# SPDX-License-Identifier: AGPL-3.0-or-later
"""A seat's next key that was born on a custodian's own machine: the Desk is told its public half alone."""

from datetime import datetime

from django.db import transaction

from watchword import trust
from watchword.accounts import outside, rules, selectors
from watchword.accounts.models import RoleKey
from watchword.accounts.rules import CUSTODIANS, Actor
from watchword.accounts.services.role_keys import note_named, take_effect
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.core.sealing.errors import Malformed, SealingError
from watchword.core.sealing.handing_on import Headers, pack, unpack_anew
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.seat import SeatAddress
from watchword.vault import handing_on


@transaction.atomic
def bring_key(*, role: str, address: str, held_by: str, actor: Actor, now: datetime) -> RoleKey:
    """Make this the seat's newest key; ``held_by`` holds the seat and has the private half at home.

    As every epoch it is brought by somebody who has the present one, and takes effect with the next signed
    list of keys. Limit: that it belongs to whom it is said to, two people make sure of by reading its mark.
    """
    if role not in CUSTODIANS:
        raise WrongState(sentence("Only the key of a custodian’s seat is held outside."))
    previous = RoleKey.objects.select_for_update().filter(role=role).order_by("-epoch").first()
    people = [person.pk for person in selectors.let_in(role)]
    rules.check_may_make_key(actor, role=role, lets_in=people)
    if role not in selectors.roles_of(held_by):
        raise WrongState(sentence("This person was not granted this role."))
    read = _read(address)
    if RoleKey.objects.filter(recipient=read.recipient).exists():
        raise WrongState(sentence("This key was used before. Make a new one."))
    key = RoleKey.objects.create(
        uid=random_bytes(16).hex(),
        role=role,
        epoch=previous.epoch + 1 if previous else 1,
        recipient=read.recipient,
        created=now.replace(second=0, microsecond=0),
        held_by_id=held_by,
        answers_key=read.answers.hex(),
    )
    take_effect(key, actor, now)
    return key


def headers_to_hand_on(*, role: str, actor: Actor) -> bytes:
    """The next headers of shares that wait for the old holder's machine, as its file."""
    key, _ = _handing_on(role, actor)
    found = handing_on.next_headers(role, key.named_by)
    if not found:
        raise WrongState(sentence("Nothing is sealed to your old key any more."))
    return pack(Headers(found, trust.current_note(), role))


@transaction.atomic
def hand_on(*, role: str, raw: bytes, actor: Actor, now: datetime) -> int:
    """Put what that machine made of them in their place; how many.

    Signed with the old key, and sealed to the one that the signed list names: anything else is refused.
    """
    key, old = _handing_on(role, actor)
    try:
        made = unpack_anew(raw, outside.address_of(old))
    except SealingError as error:
        raise WrongState(error.reason) from None
    if made.seat != role or made.recipient != key.recipient:
        raise WrongState(sentence("This was sealed to another key than the one that this seat has now."))
    return handing_on.put(role, made.headers, made.unopened, since=key.named_by, signer=actor.signer, now=now)


def _handing_on(role: str, actor: Actor) -> tuple[RoleKey, RoleKey]:
    """The seat's key of now, which the signed list names, and the one before that this person has outside."""
    if role not in actor.roles:
        raise NotPermitted(sentence("Only somebody who holds this role can hand over its key."))
    before = outside.keys(role).filter(retired__isnull=False).first()
    if before is None or before.held_by_id != actor.id:
        raise WrongState(sentence("You had no key of this seat on a machine of your own before."))
    return note_named(role), before


def _read(address: str) -> SeatAddress:
    try:
        return SeatAddress.parse(address)
    except Malformed as error:
        raise WrongState(error.reason) from None
