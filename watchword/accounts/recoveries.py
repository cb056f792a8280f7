# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recoveries as they stand: the phrase and its key, what waits for whom, and until when it can be stopped."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from watchword.accounts.models import Recovery
from watchword.accounts.rules import Actor, Permission, check_may_approve_recovery
from watchword.accounts.selectors import copies, roles_of
from watchword.core.ledger.recoveries import DELAY_MINUTES
from watchword.core.refusals import Sentence, why_not
from watchword.core.sealing.primitives import hkdf, random_digits, sha256

DELAY = timedelta(minutes=DELAY_MINUTES)
FORGOTTEN_AFTER = timedelta(days=7)
_DIGITS, _GROUP = 40, 5


def new_phrase() -> str:
    """Forty digits in groups: 132 bits, which nobody guesses and nothing needs to slow down."""
    digits = random_digits(_DIGITS)
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def claim_seed(phrase: str, staff_id: str) -> bytes:
    """The Ed25519 seed that a phrase stands for, for one person."""
    digits = "".join(letter for letter in phrase if letter in "0123456789")
    return hkdf(digits.encode(), salt=b"watchword/recovery/v1", info=staff_id.encode())


def number_of(claim: bytes) -> str:
    """Eight digits by which the person tells an administrator which of the requests is theirs."""
    return f"{int.from_bytes(sha256(claim)[:8]) % 10**8:08d}"


def waiting(now: datetime) -> QuerySet[Recovery]:
    """What is neither finished nor stopped; a request that nobody approved is forgotten after a week."""
    rows = Recovery.objects.filter(ended__isnull=True, staff__left__isnull=True)
    rows = rows.exclude(approved_by__isnull=True, asked__lt=now - FORGOTTEN_AFTER)
    return rows.select_related("staff", "approved_by", "seconded_by").order_by("asked", "uid")


@dataclass(frozen=True)
class RecoveryRow:
    """One recovery for a page; ``alone``: the roles whose key this person alone has."""

    recovery: Recovery
    why_no_approval: Sentence | None
    alone: tuple[str, ...]

    @property
    def opens(self) -> datetime | None:
        """When the person can finish; None before the second approval."""
        return self.recovery.seconded + DELAY if self.recovery.seconded else None


def recoveries_for(viewer: Actor, now: datetime) -> list[RecoveryRow]:
    """To an administrator all that wait, to anybody else those about themselves."""
    rows = waiting(now)
    if not viewer.has(Permission.RECOVERY_APPROVE):
        rows = rows.filter(staff=viewer.id).exclude(approved_by__isnull=True)
    check = why_not(check_may_approve_recovery)
    return [
        RecoveryRow(
            row,
            check(viewer, staff_id=row.staff_id, approved_by=row.approved_by_id),
            _alone(row.staff_id),
        )
        for row in rows
    ]


def approved_for(viewer: Actor, now: datetime) -> list[RecoveryRow]:
    """Those that somebody has approved: loud on the first page of all whom they concern."""
    return [row for row in recoveries_for(viewer, now) if row.recovery.approved_by_id]


def _alone(staff_id: str) -> tuple[str, ...]:
    """What is sealed to these roles nobody can open any more, once this person's old keys are gone."""
    held = copies(staff_id, roles_of(staff_id)).filter(role_key__retired__isnull=True)
    single = {
        one.role_key.role for one in held if not one.role_key.copies.exclude(staff_id=staff_id).exists()
    }
    return tuple(sorted(single))
