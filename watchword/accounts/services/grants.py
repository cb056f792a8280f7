# SPDX-License-Identifier: AGPL-3.0-or-later
"""Grants and revokes roles; a revoked role gets a new key at once."""

from datetime import datetime

from django.db import transaction

from watchword.accounts import rules, selectors
from watchword.accounts.models import Grant, Staff
from watchword.accounts.rules import Actor
from watchword.accounts.services import role_keys
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record


def grant(*, staff_id: str, role: str, reason: str, actor: Actor, now: datetime) -> None:
    """Give a role. A holder hands over its key afterwards: an administrator has none to give."""
    with transaction.atomic():
        staff = _locked(staff_id)
        rules.check_may_grant(actor, staff_id=staff_id, role=role, held=selectors.roles_of(staff_id))
        give(staff, role, by=actor, reason=reason, now=now)
        journal_grant(staff, role, actor, now)


def revoke(*, staff_id: str, role: str, reason: str, actor: Actor, now: datetime) -> None:
    """Take a role back: its copies of the key go, and the role gets a key that this person never had."""
    with transaction.atomic():
        staff = _locked(staff_id)
        rules.check_may_revoke(actor, staff_id=staff_id, role=role, held=selectors.roles_of(staff_id))
        Grant.objects.filter(staff=staff, role=role, revoked__isnull=True).update(
            revoked=now.replace(second=0, microsecond=0), revoked_by_id=actor.id, revoke_reason=reason
        )
        record(
            Event.ROLE_REVOKE,
            signer=actor.signer,
            case=None,
            payload={"staff": staff.uid, "role": role},
            public={"staff": staff.uid, "role": role},
            at=now,
        )
        role_keys.withdraw_from(staff, role, actor=actor, now=now)


def give(staff: Staff, role: str, *, by: Actor | None, reason: str, now: datetime) -> None:
    """The row of a grant that the caller has checked and journals."""
    Grant.objects.create(
        uid=random_bytes(16).hex(),
        staff=staff,
        role=role,
        granted_by_id=by.id if by else None,
        granted=now.replace(second=0, microsecond=0),
        reason=reason,
    )


def journal_grant(staff: Staff, role: str, actor: Actor, now: datetime) -> None:
    """The ledger's entry of a grant; nobody but the staff's pseudonym is named."""
    record(
        Event.ROLE_GRANT,
        signer=actor.signer,
        case=None,
        payload={"staff": staff.uid, "role": role},
        public={"staff": staff.uid, "role": role},
        at=now,
    )


def _locked(staff_id: str) -> Staff:
    staff = Staff.objects.select_for_update().get(pk=selectors.staff_by_id(staff_id).pk)
    if staff.left is not None:
        raise WrongState(sentence("This person has left."))
    return staff
