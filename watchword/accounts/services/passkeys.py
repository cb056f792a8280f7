# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passkeys: added by their owner, accepted once for each challenge, revoked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts import keyring, passkeys, rules, selectors
from watchword.accounts.keyring import StaffKeys
from watchword.accounts.models import Passkey, SpentTicket
from watchword.accounts.passkeys import Answer, Purpose, Site
from watchword.accounts.rules import Actor
from watchword.accounts.services import delays, unlocking
from watchword.accounts.session_tickets import SessionTicket, read_session_ticket
from watchword.core.ledger.assertion import Assertion, Proof
from watchword.core.ledger.entry import NONCE_LENGTH
from watchword.core.refusals import NotFound, NotPermitted, WrongState, sentence
from watchword.core.sealing.primitives import ed25519_sign, ed25519_verify, random_bytes, sha256
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.services import record


@dataclass(frozen=True)
class Accepted:
    """A passkey that has just answered, and what opens its copy of the keys: None where there is no copy."""

    passkey: Passkey
    identity: Identity | None
    assertion: Assertion

    @property
    def keys(self) -> StaffKeys | None:
        """The owner's keys, when this passkey and this device open them."""
        sealed = self.passkey.sealed_keys
        if sealed is None or self.identity is None:
            return None
        return unlocking.keys_by_passkey(self.passkey.staff, bytes(sealed), self.identity)


def add_passkey(
    *,
    name: str,
    passphrase: str,
    code: str,
    ticket: str,
    assertion: str,
    site: Site,
    actor: Actor,
    now: datetime,
) -> Passkey:
    """A new passkey of the actor's own; the long-term key, which the passphrase opens, signs for it.

    Passphrase and code are asked for again: whoever finds an unlocked Desk must not leave a key behind.
    """
    answer = Answer.read(assertion)
    made = passkeys.verify_made(answer, passkeys.challenge_of(ticket), site)
    staff = selectors.staff_by_id(actor.id)
    delays.check_not_held(staff.login, now)
    keys = unlocking.keys_by_passphrase(staff, passphrase)
    if keys is None or not unlocking.spend_code(staff, keys.totp_base32, code, now):
        delays.note_failure(staff.login, now)
        raise NotPermitted(sentence("This passphrase and one-time code do not go together."))
    row = Passkey(
        staff=staff,
        name=name,
        site=site.name,
        credential=made.credential,
        public_key=made.public_key,
        sign_count=made.sign_count,
    )
    if answer.identity is not None:
        row.sealed_keys = seal(keys.pack(), [answer.identity.recipient])
    with transaction.atomic():
        spend(ticket, Purpose.ADD, now)
        _enter(row, keys, now)
    return row


def _enter(row: Passkey, keys: StaffKeys, now: datetime) -> None:
    """Sign for a new passkey, keep it, and tell the ledger."""
    if Passkey.objects.filter(credential=row.credential).exists():
        raise WrongState(sentence("This passkey is on the list already."))
    public_key = bytes(row.public_key)
    claim = passkeys.claim(row.staff_id, row.site, row.credential, public_key)
    row.uid = random_bytes(8).hex()
    row.claim_proof = ed25519_sign(keys.signing_seed, claim)
    row.added = now.replace(second=0, microsecond=0)
    row.save(force_insert=True)
    x, y = passkeys.coordinates(public_key)
    credential = passkeys.credential_hash(row.credential)
    record(
        Event.PASSKEY_ADD,
        signer=keyring.EnrolledKey(row.staff_id, keys.signing_seed),
        case=None,
        payload={"passkey": row.uid},
        public={"credential": credential, "site": sha256(row.site.encode()), "x": x, "y": y},
        at=now,
    )


def revoke_passkey(*, uid: str, actor: Actor, now: datetime) -> str:
    """End a passkey: one's own, or as an administrator another's. Whose it was."""
    with transaction.atomic():
        row = Passkey.objects.select_for_update().filter(pk=uid, revoked__isnull=True).first()
        if row is None or not rules.may_end_session(actor, staff_id=row.staff_id):
            raise NotFound(sentence("This passkey is not on the list any more."))
        row.revoked = now.replace(second=0, microsecond=0)
        row.sealed_keys = None
        row.save(update_fields=["revoked", "sealed_keys"])
        record(
            Event.PASSKEY_REVOKE,
            signer=actor.signer,
            case=None,
            payload={"passkey": row.uid},
            public={"staff": row.staff_id, "credential": passkeys.credential_hash(row.credential)},
            at=now,
        )
    return row.staff_id


@dataclass(frozen=True)
class Opening:
    """A passkey that has signed for the key of a session that now may begin."""

    accepted: Accepted
    ticket: SessionTicket

    @property
    def proof(self) -> Proof:
        """What the ledger entry carries: anybody can check that the passkey signed for this key."""
        return Proof(random_bytes(NONCE_LENGTH), self.ticket.base, self.accepted.assertion)


def accept(
    assertion: str, *, ticket: str, purpose: Purpose, site: Site, staff_id: str | None, now: datetime
) -> Opening:
    """The passkey that signed for the session of this ticket, which is thereby spent; NotPermitted otherwise.

    ``staff_id``: whose it must be; None where the passkey itself says who is there.
    """
    session = read_session_ticket(ticket, purpose, now)
    with transaction.atomic():
        spend(ticket, purpose, now)
        accepted = check(assertion, session.challenge, site=site, staff_id=staff_id, now=now)
    return Opening(accepted, session)


def check(assertion: str, challenge: bytes, *, site: Site, staff_id: str | None, now: datetime) -> Accepted:
    """The same for a challenge that something else makes single, such as an entry's nonce."""
    answer = Answer.read(assertion)
    rows = Passkey.objects.filter(credential=answer.credential, revoked__isnull=True)
    row = rows.filter(staff__left__isnull=True).select_related("staff").first()
    if row is None or staff_id not in (None, row.staff_id) or site.name != row.site or not _is_claimed(row):
        raise passkeys.not_accepted()
    count = passkeys.verify_used(answer, challenge, site, bytes(row.public_key), row.sign_count)
    # One UPDATE: of two answers with one count, as a copied authenticator gives, the second is too late.
    used = now.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Passkey.objects.filter(pk=row.pk, sign_count=row.sign_count, revoked__isnull=True)
    if rows.update(sign_count=count, used=used) != 1:
        raise passkeys.not_accepted()
    row.sign_count = count
    return Accepted(row, answer.identity, answer.in_ledger(passkeys.credential_hash(row.credential)))


def _is_claimed(row: Passkey) -> bool:
    """Whether its owner's long-term key signed for it: the database alone makes nobody's passkey."""
    claim = passkeys.claim(row.staff_id, row.site, row.credential, bytes(row.public_key))
    return ed25519_verify(bytes.fromhex(row.staff.signing_public), claim, bytes(row.claim_proof))


def spend(ticket: str, purpose: Purpose, now: datetime) -> None:
    """Use a ticket up; NotPermitted the second time. Inside the transaction that uses it."""
    passkeys.read_ticket(ticket, purpose, now)
    SpentTicket.objects.filter(until__lte=now).delete()
    uid = sha256(ticket.encode()).hex()
    _, is_new = SpentTicket.objects.get_or_create(pk=uid, defaults={"until": now + passkeys.LIFE})
    if not is_new:
        raise passkeys.not_accepted()
