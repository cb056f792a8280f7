# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enrols people and services, and ends their service; every change is in the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts import keyring, rules, selectors
from watchword.accounts.keyring import EnrolledKey, StaffKeys
from watchword.accounts.models import Staff
from watchword.accounts.rules import Actor, Change, Permission
from watchword.accounts.services import grants
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.passphrase import new_salt
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import open_log, record

SHORTEST_PASSPHRASE = 16


@dataclass(frozen=True)
class Enrolment:
    """A new member of staff, and what goes into the authenticator program; shown once and kept nowhere."""

    staff: Staff
    totp_uri: str
    totp_secret: str


def found(
    *, login: str, name: str, passphrase: str, language: str, now: datetime, keys: StaffKeys | None = None
) -> Enrolment:
    """The first administrator, whose key stands in the first entry of the ledger; once in a Desk's life.

    ``keys``, here and below: made before, of somebody who has shown already that their codes work.
    """
    if Staff.objects.exists():
        raise WrongState(sentence("This Desk has staff already. An administrator enrols the next person."))
    keys = keys or StaffKeys.new()
    with transaction.atomic():
        staff = _create(keys, login=login, name=name, passphrase=passphrase, language=language, now=now)
        grants.give(staff, rules.ADMINISTRATOR, by=None, reason="founding", now=now)
        open_log(founder=EnrolledKey(staff.uid, keys.signing_seed), at=now)
    return _enrolment(staff, keys)


def second_administrator(
    *,
    login: str,
    name: str,
    passphrase: str,
    language: str,
    founder: Actor,
    now: datetime,
    keys: StaffKeys | None = None,
) -> Enrolment:
    """Whoever founds the Desk with the first: until both are there nobody else is given anything."""
    rules.check_has(founder, Permission.STAFF_ENROL)
    keys = keys or StaffKeys.new()
    with transaction.atomic():
        staff = _create(keys, login=login, name=name, passphrase=passphrase, language=language, now=now)
        _journal_enrolment(staff, founder, now)
        grants.give_second_administrator(staff, founder=founder, now=now)
    return _enrolment(staff, keys)


def enrol(
    *,
    login: str,
    name: str,
    roles: Iterable[str],
    passphrase: str,
    language: str,
    actor: Actor,
    now: datetime,
    keys: StaffKeys | None = None,
) -> Enrolment:
    """A new person, with these roles proposed; the keys are sealed to the passphrase, and then forgotten."""
    rules.check_has(actor, Permission.STAFF_ENROL)
    rules.check_roles_together(roles := sorted(set(roles)))
    keys = keys or StaffKeys.new()
    with transaction.atomic():
        staff = _create(keys, login=login, name=name, passphrase=passphrase, language=language, now=now)
        _journal_enrolment(staff, actor, now)
        for role in roles:
            grants.propose(
                change=Change.GRANT, staff_id=staff.uid, role=role, reason="enrolled", actor=actor, now=now
            )
    return _enrolment(staff, keys)


def enrol_service(*, login: str, role: str, actor: Actor, now: datetime) -> tuple[Staff, StaffKeys]:
    """A program that acts at the Desk, with its role proposed; the caller writes its keys to a file."""
    rules.check_has(actor, Permission.STAFF_ENROL)
    keys = StaffKeys.new()
    with transaction.atomic():
        # Nobody knows this passphrase: a service opens its session with its key file and never logs in.
        unknown = random_bytes(32).hex()
        staff = _create(
            keys, login=login, name=login, passphrase=unknown, language="en", now=now, service=True
        )
        _journal_enrolment(staff, actor, now)
        grants.propose(
            change=Change.GRANT, staff_id=staff.uid, role=role, reason="service", actor=actor, now=now
        )
    return staff, keys


def end_service(*, staff_id: str, reason: str, actor: Actor, now: datetime) -> None:
    """Somebody leaves: roles, sessions and copies of keys go at once; another looks at it afterwards."""
    rules.check_may_end(actor, staff_id=staff_id)
    with transaction.atomic():
        grants.take_turns(actor)
        staff = Staff.objects.select_for_update(no_key=True).get(pk=selectors.staff_by_id(staff_id).pk)
        if staff.left is not None:
            raise WrongState(sentence("This person has left already."))
        for role in sorted(selectors.roles_of(staff_id)):
            grants.end_at_once(staff, role, reason=reason, actor=actor, now=now)
        grants.drop_all(staff, actor=actor, now=now)
        staff.left = now.replace(second=0, microsecond=0)
        staff.save(update_fields=["left"])
        staff.sessions.all().delete()
        record(
            Event.STAFF_LEAVE,
            signer=actor.signer,
            case=None,
            payload={"staff": staff.uid},
            public={"staff": staff.uid},
            at=now,
        )


def check_passphrase(passphrase: str) -> None:
    """Long rather than strange; the length is what makes guessing dear."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WrongState(
            sentence(
                "A passphrase has at least %(count)s characters: four or five words.",
                count=SHORTEST_PASSPHRASE,
            )
        )


def _create(
    keys: StaffKeys,
    *,
    login: str,
    name: str,
    passphrase: str,
    language: str,
    now: datetime,
    service: bool = False,
) -> Staff:
    check_passphrase(passphrase)
    if Staff.objects.filter(login=login).exists():
        raise WrongState(sentence("Somebody has this log-in already. Choose another one."))
    uid, salt, cost = random_bytes(16).hex(), new_salt(), keyring.present_cost()
    return Staff.objects.create(
        uid=uid,
        login=login,
        name=name,
        language=language,
        is_service=service,
        recipient=str(keys.identity.recipient),
        signing_public=keys.signing_public.hex(),
        recipient_proof=keyring.sign_recipient(keys, uid),
        salt=salt,
        cost=str(cost),
        sealed_keys=keyring.seal_to_passphrase(keys, passphrase, salt, cost),
        enrolled=now.replace(second=0, microsecond=0),
    )


def _journal_enrolment(staff: Staff, actor: Actor, now: datetime) -> None:
    record(
        Event.STAFF_ENROL,
        signer=actor.signer,
        case=None,
        payload={"staff": staff.uid},
        public={"staff": staff.uid, "key": bytes.fromhex(staff.signing_public)},
        at=now,
    )


def _enrolment(staff: Staff, keys: StaffKeys) -> Enrolment:
    return Enrolment(staff, keys.totp_uri(staff.login), keys.totp_base32)
