# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of how the keys of roles stand: epochs, who waits, what is still sealed to an old one, what runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from watchword.accounts import outside
from watchword.accounts.models import RewrapRun, RoleKey
from watchword.accounts.role_titles import of_this_profile
from watchword.accounts.rules import CONTENT_ROLES, CUSTODIANS, Actor, Permission
from watchword.accounts.selectors import copies, current_role_key, holders, let_in, missing_copies
from watchword.trust.fingerprint import Fingerprint
from watchword.vault import handing_on
from watchword.vault import selectors as vault

SILENCE = timedelta(minutes=2)
"""A run that says nothing for so long was killed: a chunk takes a second."""


@dataclass(frozen=True)
class Running:
    """A run in some session of a holder."""

    by: str
    total: int
    left: int

    @property
    def done(self) -> int:
        """The records that this run has sealed."""
        return self.total - self.left


@dataclass(frozen=True)
class Seat:
    """How the key of a custodian's seat stands whose holder may have it on a machine of their own.

    ``held_by`` and ``mark`` are of the newest key, where it is held outside. ``to_hand_on``: shares that are
    sealed still to the key that was held outside before; ``hands_on``: the viewer has that one.
    """

    held_by: str
    mark: Fingerprint | None
    may_bring: bool
    to_hand_on: int
    hands_on: bool


@dataclass(frozen=True)
class RoleKeyState:
    """How one role's key stands, and what this viewer can do about it."""

    role: str
    epoch: int
    holders: int
    waiting: int
    stale: datetime | None
    """When somebody who had this key left; a holder then makes the next."""

    published: bool
    """Whether the signed list of keys names this epoch; nothing is sealed to it before."""

    old_epochs: int
    to_rewrap: int
    elsewhere: int
    """Records that none of the role's keys opens: their sender sealed them to others."""

    damaged: int
    running: Running | None
    has_copy: bool
    holds: bool
    may_destroy: bool
    seat: Seat | None
    """None for a role that is not a custodian's."""

    @property
    def may_make(self) -> bool:
        """The viewer has the present key, or is granted a role that has none yet."""
        brings = self.seat is not None and self.seat.may_bring
        return self.holds and (self.has_copy or not self.epoch or brings)


def role_keys(*, viewer: Actor, now: datetime) -> list[RoleKeyState]:
    """The keys of the viewer's roles; of all roles for who grants them."""
    roles = _every_role() if viewer.has(Permission.ROLE_GRANT) else viewer.roles & CONTENT_ROLES
    return [_state(role, viewer, now) for role in sorted(roles)]


def _every_role() -> frozenset[str]:
    """Without the seats that the profile does not fill, but for one that has a key of before."""
    made = RoleKey.objects.filter(role__in=CUSTODIANS).values_list("role", flat=True).distinct()
    return CONTENT_ROLES - CUSTODIANS | CUSTODIANS & {*of_this_profile(), *made}


def stale_keys_of(viewer: Actor) -> list[str]:
    """The roles for which this viewer should make a new key: somebody who had the present one left."""
    mine = copies(viewer.id, viewer.roles).filter(role_key__retired__isnull=True)
    here = {copy.role_key.role for copy in mine.filter(role_key__stale__isnull=False)}
    # Nobody who is left has the private half: whoever holds the seat now makes or brings the next.
    gone = RoleKey.objects.filter(role__in=viewer.roles, retired__isnull=True, stale__isnull=False)
    return sorted(here | set(gone.exclude(held_by=None).values_list("role", flat=True)))


def is_published(role: str) -> bool:
    """Whether the signed list of keys names the newest key of this role."""
    key, address = current_role_key(role), vault.manifest().roles.get(role)
    return key is not None and address is not None and address.recipient == key.recipient


def run_of(role: str, now: datetime) -> Running | None:
    """The run that is under way."""
    run = RewrapRun.objects.select_related("by").filter(pk=role, ended=False).first()
    if run is None or now - run.beat > SILENCE:
        return None
    return Running(run.by.name, run.total, run.left)


def since(key: RoleKey) -> int:
    """The signed list from which on headers are sealed to this key; the present one while none is noted."""
    return key.named_by or vault.manifest().version


def _state(role: str, viewer: Actor, now: datetime) -> RoleKeyState:
    key = current_role_key(role)
    published = is_published(role)
    old = RoleKey.objects.filter(role=role, retired__isnull=False, copies__isnull=False).distinct().count()
    renewed = since(key) if key and old and published else 0
    aside = list(vault.unopenable(role, renewed).values_list("damaged", flat=True))
    left = vault.still_to_rewrap(role, renewed).count()
    return RoleKeyState(
        role=role,
        epoch=key.epoch if key else 0,
        holders=holders(role).count(),
        waiting=missing_copies(role).count(),
        stale=key.stale if key else None,
        published=published,
        old_epochs=old,
        to_rewrap=left,
        elsewhere=aside.count(False),
        damaged=aside.count(True),
        running=run_of(role, now),
        has_copy=copies(viewer.id, [role]).filter(role_key=key).exists(),
        holds=role in viewer.roles,
        may_destroy=bool(renewed) and not left and not any(aside),
        seat=_seat(role, key, published=published, viewer=viewer) if role in CUSTODIANS else None,
    )


def _seat(role: str, key: RoleKey | None, *, published: bool, viewer: Actor) -> Seat:
    outer = key if key and key.held_by_id else None
    before = outside.keys(role).filter(retired__isnull=False).first()
    left = handing_on.waiting(role, since(key)).count() if key and before and published else 0
    return Seat(
        held_by=outer.held_by.name if outer and outer.held_by else "",
        mark=outside.mark_of(outer) if outer else None,
        may_bring=role in viewer.roles and viewer.id in {person.pk for person in let_in(role)},
        to_hand_on=left,
        hands_on=before is not None and before.held_by_id == viewer.id,
    )
