# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of seats whose key was born on the custodian's own machine, and what the Desk says without it."""

from collections.abc import Sequence

from django.db.models import QuerySet

from watchword.accounts.models import RoleKey
from watchword.accounts.selectors import current_role_key
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.seat import SeatAddress
from watchword.trust.fingerprint import Fingerprint
from watchword.vault import selectors as vault

HELD_OUTSIDE = sentence(
    "The key of this seat is held outside, on its custodian’s own machine: the Desk opens and seals nothing"
    " with it. What needs it is done there, with `watchword custodian`."
)


def keys(role: str) -> QuerySet[RoleKey]:
    """The keys of this role whose private half is on a holder's own machine, newest first."""
    return RoleKey.objects.filter(role=role, held_by__isnull=False).order_by("-epoch")


def is_outside(role: str) -> bool:
    """Whether the signed list of keys names a key of this role that is held outside."""
    newest = current_role_key(role)
    if newest is None or newest.held_by_id is None:
        return False
    address = vault.manifest().roles.get(role)
    return address is not None and address.recipient == newest.recipient


def check_is_here(role: str) -> None:
    """WrongState when the newest key of this role never was at the Desk."""
    newest = current_role_key(role)
    if newest is not None and newest.held_by_id is not None:
        raise WrongState(HELD_OUTSIDE)


def addresses(role: str, staff_id: str) -> Sequence[SeatAddress]:
    """The keys under which this person's machine signs for the seat, newest first."""
    return [address_of(key) for key in keys(role).filter(held_by=staff_id)]


def address_of(key: RoleKey) -> SeatAddress:
    """The public half of a key that is held outside."""
    return SeatAddress(key.recipient, bytes.fromhex(key.answers_key))


def mark_of(key: RoleKey) -> Fingerprint:
    """What its holder reads aloud from their own screen, so that others compare."""
    return Fingerprint(address_of(key).mark)
