# SPDX-License-Identifier: AGPL-3.0-or-later
"""Role keys: made by a holder for all holders, handed over by a holder, replaced when somebody leaves.

No administrator's session ever has one. Limit: a program on the Desk's host that was changed for the purpose
could keep what a holder's session makes.
"""

from datetime import datetime

from django.db import transaction

from watchword.accounts import key_states, keyring, outside, rules, selectors
from watchword.accounts.models import RoleKey, RoleKeyCopy, Staff
from watchword.accounts.rules import Actor
from watchword.core.refusals import NotPermitted, WrongState, counted, sentence
from watchword.core.sealing.primitives import ed25519_verify, random_bytes, sha256
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import selectors as vault


def create_role_key(*, role: str, actor: Actor, now: datetime) -> RoleKey:
    """The first key of a role, sealed to everybody who holds the role now, of whom the actor is one."""
    if selectors.current_role_key(role) is not None:
        raise WrongState(sentence("This role has a key already."))
    return new_epoch(role=role, actor=actor, now=now)


def new_epoch(*, role: str, actor: Actor, now: datetime) -> RoleKey:
    """A new key for a role, sealed to its present holders; old copies stay until every header is re-wrapped.

    Holders are those whom a holder has let in: with a key for everybody who was granted the role, two
    administrators could grant it to an invented person and read all that comes (law 10).
    It takes effect with the next signed manifest: nothing is sealed to a key that only the database names.
    """
    with transaction.atomic():
        previous = RoleKey.objects.select_for_update().filter(role=role).order_by("-epoch").first()
        people = selectors.let_in(role)
        rules.check_may_make_key(actor, role=role, lets_in=[person.pk for person in people])
        identity = Identity.generate()
        key = RoleKey.objects.create(
            uid=random_bytes(16).hex(),
            role=role,
            epoch=previous.epoch + 1 if previous else 1,
            recipient=str(identity.recipient),
            created=now.replace(second=0, microsecond=0),
        )
        for person in people:
            _copy_for(person, key, identity)
        take_effect(key, actor, now)
    return key


def share_role_key(*, role: str, to_staff: str, actor: Actor, now: datetime) -> int:
    """A holder seals the role's keys, of every epoch that he holds, to somebody who was granted the role."""
    receiver = selectors.staff_by_id(to_staff)
    rules.check_may_hand_over(actor, role=role, receiver_roles=selectors.roles_of(to_staff))
    if actor.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    by_recipient = {str(identity.recipient): identity for identity in actor.keys.identities([role])}
    if not by_recipient:
        outside.check_is_here(role)
        raise WrongState(sentence("You have no copy of this role's key yet yourself."))
    with transaction.atomic():
        missing = RoleKey.objects.filter(role=role).exclude(copies__staff=receiver)
        given = [key for key in missing.order_by("epoch") if key.recipient in by_recipient]
        for key in given:
            _copy_for(receiver, key, by_recipient[key.recipient])
        record(
            Event.KEY_SHARE,
            signer=actor.signer,
            case=None,
            payload={"epochs": [key.epoch for key in given]},
            public={"staff": receiver.uid, "role": role},
            at=now,
        )
    return len(given)


def withdraw_from(staff: Staff, role: str, *, now: datetime) -> None:
    """Destroy one person's copies, and say that the role needs a key which this person never had.

    A copy that is the last of its epoch stays, sealed to somebody who can no longer log in: destroying it
    would destroy every record of the role.
    """
    had = RoleKeyCopy.objects.filter(staff=staff, role_key__role=role).select_related("role_key")
    for copy in had:
        if copy.role_key.retired is None:
            RoleKey.objects.filter(pk=copy.role_key_id, stale__isnull=True).update(
                stale=now.replace(second=0, microsecond=0)
            )
        if copy.role_key.copies.exclude(staff=staff).exists():
            copy.delete()
    held = outside.keys(role).filter(held_by=staff, retired__isnull=True, stale__isnull=True)
    held.update(stale=now.replace(second=0, microsecond=0))


def note_named(role: str) -> RoleKey:
    """The newest key, with the first signed list that names it noted: what was sealed since then is new.

    WrongState while the list in force names an older one.
    """
    key = selectors.current_role_key(role)
    if key is None or not key_states.is_published(role):
        raise WrongState(
            sentence("The signed list of keys still names an older key of this role. Sign a new list first.")
        )
    if not key.named_by:
        key.named_by = vault.manifest().version
        key.save(update_fields=["named_by"])
    return key


def destroy_retired(*, role: str, actor: Actor, now: datetime) -> int:
    """Destroy the private halves of old epochs, once no record here needs them; how many copies there were.

    Limit: what was sealed under an old list of keys and the courier has not fetched yet is then lost.
    """
    rules.check_may_destroy_key(actor, role=role)
    with transaction.atomic():
        key = note_named(role)
        if left := vault.still_to_rewrap(role, key.named_by).count():
            raise WrongState(
                counted(
                    "%(count)s record is still sealed to the old key. Seal it to the new one first.",
                    "%(count)s records are still sealed to the old key. Seal them to the new one first.",
                    left,
                    count=left,
                )
            )
        if damaged := vault.unopenable(role, key.named_by).filter(damaged=True).count():
            raise WrongState(
                counted(
                    "%(count)s record is damaged, and a copy of it from a backup would need the old key.",
                    "%(count)s records are damaged, and copies of them from a backup would need the old key.",
                    damaged,
                    count=damaged,
                )
            )
        count = 0
        for old in RoleKey.objects.filter(role=role, retired__isnull=False, copies__isnull=False).distinct():
            count += old.copies.all().delete()[0]
            record(
                Event.KEY_DESTROY,
                signer=actor.signer,
                case=None,
                payload={"role": role, "epoch": old.epoch},
                public={"role": role, "epoch": old.epoch},
                at=now,
            )
    return count


def _copy_for(person: Staff, key: RoleKey, identity: Identity) -> None:
    claim = keyring.recipient_claim(person.uid, person.recipient)
    if not ed25519_verify(bytes.fromhex(person.signing_public), claim, bytes(person.recipient_proof)):
        raise WrongState(
            sentence(
                "The key of %(name)s in the database is not the one that was enrolled.", name=person.name
            )
        )
    sealed = seal(identity.seed, [Recipient.parse(person.recipient)])
    RoleKeyCopy.objects.create(role_key=key, staff=person, sealed=sealed)


def take_effect(key: RoleKey, actor: Actor, now: datetime) -> None:
    """The keys before it are retired, and the ledger has it."""
    RoleKey.objects.filter(role=key.role, retired__isnull=True).exclude(pk=key.pk).update(retired=key.created)
    record(
        Event.KEY_EPOCH,
        signer=actor.signer,
        case=None,
        payload={"role": key.role, "epoch": key.epoch},
        public={"role": key.role, "epoch": key.epoch, "recipient_hash": sha256(key.recipient.encode())},
        at=now,
    )
