# SPDX-License-Identifier: AGPL-3.0-or-later
"""Role keys: made for the holders of a role, handed over by a holder, replaced when somebody leaves.

An administrator's session makes a key, seals it to each holder, and forgets it; it is never stored for the
administrator. Limit: a program on the Desk's host that was changed for the purpose could keep it then.
"""

from datetime import datetime

from django.db import transaction

from watchword.accounts import keyring, rules, selectors
from watchword.accounts.models import RoleKey, RoleKeyCopy, Staff
from watchword.accounts.rules import Actor, Permission
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.core.sealing.primitives import ed25519_verify, random_bytes, sha256
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import selectors as vault


def create_role_key(*, role: str, actor: Actor, now: datetime) -> RoleKey:
    """The first key of a role, sealed to everybody who holds the role now."""
    if selectors.current_role_key(role) is not None:
        raise WrongState(sentence("This role has a key already."))
    return new_epoch(role=role, actor=actor, now=now)


def new_epoch(*, role: str, actor: Actor, now: datetime) -> RoleKey:
    """A new key for a role, sealed to its present holders; old copies stay until every header is re-wrapped.

    Holders are those whom a holder has let in: with a key for everybody who was granted the role, an
    administrator could enrol a second self, grant it the role and read all that comes (law 10).
    It takes effect with the next signed manifest: nothing is sealed to a key that only the database names.
    """
    rules.check_has(actor, Permission.ROLE_GRANT)
    if role not in rules.CONTENT_ROLES:
        raise WrongState(sentence("This role reads no case and has no key."))
    with transaction.atomic():
        people = _let_in(role)
        if not people:
            raise WrongState(sentence("Nobody holds this role, so there is nobody to seal its key to."))
        previous = RoleKey.objects.select_for_update().filter(role=role).order_by("-epoch").first()
        identity = Identity.generate()
        key = RoleKey.objects.create(
            uid=random_bytes(16).hex(),
            role=role,
            epoch=previous.epoch + 1 if previous else 1,
            recipient=str(identity.recipient),
            created=now.replace(second=0, microsecond=0),
        )
        RoleKey.objects.filter(role=role, retired__isnull=True).exclude(pk=key.pk).update(retired=key.created)
        for person in people:
            _copy_for(person, key, identity)
        _journal_epoch(key, actor, now)
    return key


def share_role_key(*, role: str, to_staff: str, actor: Actor, now: datetime) -> int:
    """A holder seals the role's keys, of every epoch that he holds, to somebody who was granted the role."""
    receiver = selectors.staff_by_id(to_staff)
    rules.check_may_hand_over(actor, role=role, receiver_roles=selectors.roles_of(to_staff))
    if actor.keys is None:
        raise NotPermitted(sentence("Your keys are locked. Log in again to go on."))
    by_recipient = {str(identity.recipient): identity for identity in actor.keys.identities([role])}
    if not by_recipient:
        raise WrongState(sentence("You have no copy of this role's key yet yourself."))
    with transaction.atomic():
        missing = RoleKey.objects.filter(role=role).exclude(copies__staff=receiver)
        given = [key for key in missing.order_by("epoch") if key.recipient in by_recipient]
        for key in given:
            _copy_for(receiver, key, by_recipient[key.recipient])
        record(
            Event.HEADER_REWRAP,
            signer=actor.signer,
            case=None,
            payload={"role": role, "staff": receiver.uid, "epochs": [key.epoch for key in given]},
            at=now,
        )
    return len(given)


def withdraw_from(staff: Staff, role: str, *, actor: Actor, now: datetime) -> None:
    """Destroy one person's copies and replace the key, as far as others remain who can open the records.

    A copy that is the last of its epoch stays, sealed to somebody who can no longer log in: destroying it
    would destroy every record of the role.
    """
    for copy in RoleKeyCopy.objects.filter(staff=staff, role_key__role=role).select_related("role_key"):
        if copy.role_key.copies.exclude(staff=staff).exists():
            copy.delete()
    if role in rules.CONTENT_ROLES and selectors.holders(role).exists():
        new_epoch(role=role, actor=actor, now=now)


def destroy_retired(*, role: str, actor: Actor, now: datetime) -> int:
    """Destroy the copies of old epochs, once every record here has a header for the present ones.

    Limit: what the Gate sealed under an old list of keys and the courier has not fetched yet is then lost.
    """
    rules.check_has(actor, Permission.ROLE_GRANT)
    if not selectors.is_published(role):
        raise WrongState(
            sentence("The signed list of keys still names an older key of this role. Sign a new list first.")
        )
    if left := vault.not_yet_rewrapped(role, vault.manifest().version).count():
        raise WrongState(
            sentence("%(count)s records are still sealed to the old keys. Re-wrap them first.", count=left)
        )
    with transaction.atomic():
        old = RoleKeyCopy.objects.filter(role_key__role=role, role_key__retired__isnull=False)
        count, _ = old.delete()
        record(
            Event.HEADER_REWRAP,
            signer=actor.signer,
            case=None,
            payload={"role": role, "destroyed": count},
            at=now,
        )
    return count


def _let_in(role: str) -> list[Staff]:
    """Holders with a copy of the newest key; all of them when none has one, for nobody could share it."""
    people = list(selectors.holders(role))
    newest = selectors.current_role_key(role)
    kept = set(newest.copies.values_list("staff_id", flat=True)) if newest else set()
    return [person for person in people if person.pk in kept] or people


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


def _journal_epoch(key: RoleKey, actor: Actor, now: datetime) -> None:
    record(
        Event.KEY_EPOCH,
        signer=actor.signer,
        case=None,
        payload={"role": key.role, "epoch": key.epoch},
        public={"role": key.role, "epoch": key.epoch, "recipient_hash": sha256(key.recipient.encode())},
        at=now,
    )
