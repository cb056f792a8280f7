# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody who lost passphrase or device enrols anew; nobody who helps them can read anything by it.

The person asks, and is shown a phrase; two administrators approve; a day passes, in which anybody concerned
can stop it; the phrase finishes it with new keys. Copies of role keys are handed over again by holders.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts import keyring, recoveries, rules, selectors
from watchword.accounts.keyring import EnrolledKey, StaffKeys
from watchword.accounts.models import Recovery, Staff
from watchword.accounts.rules import Actor
from watchword.accounts.services import delays, enrolment, role_keys
from watchword.accounts.services.enrolment import Enrolment
from watchword.core.refusals import NotFound, NotPermitted, WrongState, sentence
from watchword.core.sealing.passphrase import new_salt
from watchword.core.sealing.primitives import ed25519_public, random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record

MOST_WAITING = 5


@dataclass(frozen=True)
class Asked:
    """What the person who asked is shown, once: the phrase for themselves, the number for administrators."""

    phrase: str
    number: str


def ask_recovery(*, login: str, now: datetime) -> Asked:
    """A phrase for whoever asks; somebody with an unknown log-in gets one, too, and learns nothing by it."""
    phrase, staff = recoveries.new_phrase(), selectors.staff_who_may_log_in(login)
    claim = ed25519_public(recoveries.claim_seed(phrase, staff.uid if staff else ""))
    asked = Asked(phrase, recoveries.number_of(claim))
    if staff is not None:
        with transaction.atomic():
            _make_room(staff, now)
            Recovery.objects.create(
                uid=random_bytes(8).hex(),
                staff=staff,
                claim=claim.hex(),
                number=asked.number,
                asked=now.replace(second=0, microsecond=0),
            )
    return asked


def approve_recovery(*, uid: str, number: str, actor: Actor, now: datetime) -> Recovery:
    """One administrator approves, and then another; ``number`` is what the person told them."""
    with transaction.atomic():
        row = _locked(uid, now)
        rules.check_may_approve_recovery(actor, staff_id=row.staff_id, approved_by=row.approved_by_id)
        if number != row.number:
            raise WrongState(sentence("This is not the number of this request. Ask the person once more."))
        if row.seconded is not None:
            raise WrongState(sentence("Two administrators have approved this already."))
        event = Event.RECOVERY_SECOND if row.approved_by_id else Event.RECOVERY_APPROVE
        if row.approved_by_id:
            row.seconded_by_id, row.seconded = actor.id, now.replace(second=0, microsecond=0)
        else:
            row.approved_by_id = actor.id
        row.save()
        _journal(event, row, actor, now)
    return row


def stop_recovery(*, uid: str, actor: Actor, now: datetime) -> Recovery:
    """It was not the person, or it is not needed any more."""
    with transaction.atomic():
        row = _locked(uid, now)
        rules.check_may_stop_recovery(actor, staff_id=row.staff_id)
        if row.approved_by_id:
            _journal(Event.RECOVERY_STOP, row, actor, now)
        row.ended = now.replace(second=0, microsecond=0)
        row.save(update_fields=["ended"])
    return row


def finish_recovery(*, login: str, phrase: str, passphrase: str, now: datetime) -> Enrolment:
    """New keys for whoever has the phrase: the old ones, their sessions, passkeys and copies end with it."""
    delays.check_not_held(login, now)
    staff = selectors.staff_who_may_log_in(login)
    seed = recoveries.claim_seed(phrase, staff.uid if staff else "")
    claim = ed25519_public(seed).hex()
    row = recoveries.waiting(now).filter(staff=staff, claim=claim).first() if staff else None
    if staff is None or row is None:
        delays.note_failure(login, now)
        raise NotPermitted(sentence("This log-in and this phrase do not go together."))
    if row.seconded is None:
        raise WrongState(sentence("Two administrators must approve this first. Tell them your number."))
    if now < row.seconded + recoveries.DELAY:
        raise WrongState(
            sentence("It is approved. You can finish a day after the second approval; come back then.")
        )
    enrolment.check_passphrase(passphrase)
    keys = StaffKeys.new()
    with transaction.atomic():
        _end(_locked(row.uid, now), now)
        _journal_renewal(staff, keys, seed, now)
        _renew(Staff.objects.select_for_update().get(pk=staff.pk), keys, passphrase, now)
    return Enrolment(staff, keys.totp_uri(staff.login), keys.totp_base32)


def _renew(staff: Staff, keys: StaffKeys, passphrase: str, now: datetime) -> None:
    for role in sorted(selectors.roles_of(staff.pk)):
        role_keys.withdraw_from(staff, role, now=now)
    # Also the last of an epoch: what it was sealed to is lost with the old passphrase, and opens for nobody.
    staff.role_key_copies.all().delete()
    staff.sessions.all().delete()
    staff.passkeys.filter(revoked__isnull=True).update(
        revoked=now.replace(second=0, microsecond=0), sealed_keys=None
    )
    salt, cost = new_salt(), keyring.present_cost()
    staff.recipient = str(keys.identity.recipient)
    staff.signing_public = keys.signing_public.hex()
    staff.recipient_proof = keyring.sign_recipient(keys, staff.uid)
    staff.salt, staff.cost = salt, str(cost)
    staff.sealed_keys = keyring.seal_to_passphrase(keys, passphrase, salt, cost)
    staff.last_step = 0
    staff.save()


def _end(row: Recovery, now: datetime) -> None:
    """This one is finished; others of the same person, and whatever was asked in their name, go with it."""
    Recovery.objects.filter(staff=row.staff_id, ended__isnull=True).update(
        ended=now.replace(second=0, microsecond=0)
    )


def _make_room(staff: Staff, now: datetime) -> None:
    """Nobody fills the list of administrators: the oldest request that nobody approved makes room."""
    rows = Recovery.objects.filter(staff=staff, approved_by__isnull=True, ended__isnull=True)
    rows.filter(asked__lt=now - recoveries.FORGOTTEN_AFTER).delete()
    for row in rows.order_by("-asked", "-uid")[MOST_WAITING - 1 :]:
        row.delete()


def _locked(uid: str, now: datetime) -> Recovery:
    row = Recovery.objects.select_for_update().filter(pk=uid).first()
    if row is None or not recoveries.waiting(now).filter(pk=uid).exists():
        raise NotFound(sentence("There is no such request any more."))
    return row


def _journal(event: Event, row: Recovery, actor: Actor, now: datetime) -> None:
    record(
        event,
        signer=actor.signer,
        case=None,
        payload={"staff": row.staff_id, "recovery": row.uid},
        public={"staff": row.staff_id, "key": bytes.fromhex(row.claim)},
        at=now,
        proof=actor.proof,
    )


def _journal_renewal(staff: Staff, keys: StaffKeys, seed: bytes, now: datetime) -> None:
    record(
        Event.STAFF_RENEW,
        signer=EnrolledKey(staff.uid, seed),
        case=None,
        payload={"staff": staff.uid},
        public={"staff": staff.uid, "key": keys.signing_public},
        at=now,
    )
