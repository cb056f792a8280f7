# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads of staff, roles and sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from watchword.accounts.models import Grant, Passkey, RoleKey, RoleKeyCopy, Staff, StaffSession
from watchword.accounts.rules import Actor, Permission, check_somebody_else
from watchword.core.refusals import NotFound, sentence, why_not
from watchword.web.once import once_a_page

ENDING = timedelta(days=14)
"""How long before its end administrators are told of a mandate."""


@dataclass(frozen=True)
class StaffMember:
    """One row of the people page."""

    uid: str
    login: str
    name: str
    roles: tuple[str, ...]
    enrolled: datetime
    left: datetime | None
    waits_for: tuple[str, ...]
    """Roles granted whose key nobody has handed over yet."""


def staff_by_id(staff_id: str) -> Staff:
    """The member of staff with this pseudonym, also after leaving."""
    member = Staff.objects.filter(pk=staff_id).first()
    if member is None:
        raise NotFound(sentence("There is nobody here with this address."))
    return member


def anybody() -> bool:
    """Whether anybody was ever enrolled here."""
    return Staff.objects.exists()


def enrolled(login: str) -> Staff | None:
    """Whoever was enrolled under this log-in, a program too, and also after leaving."""
    return Staff.objects.filter(login=login).first()


def staff_who_may_log_in(login: str) -> Staff | None:
    """The person with this log-in, if they are in service; programs have none to type."""
    return Staff.objects.filter(login=login, left__isnull=True, is_service=False).first()


def names(ids: Iterable[str]) -> dict[str, str]:
    """Pseudonym to name, for those that exist. A page asks of nobody twice."""
    wanted, told = set(ids), _told()
    if unknown := wanted - told.keys():
        told |= dict.fromkeys(unknown)
        told |= dict(Staff.objects.filter(pk__in=unknown).values_list("uid", "name"))
    return {one: name for one in wanted if (name := told[one]) is not None}


@once_a_page
def _told() -> dict[str, str | None]:
    """The names that the present page has asked for; None for whom there is not."""
    return {}


def roles_of(staff_id: str, now: datetime | None = None) -> frozenset[str]:
    """The roles that this person holds; with ``now`` without mandates that have just ended."""
    live = Grant.objects.filter(staff_id=staff_id, staff__left__isnull=True, revoked__isnull=True)
    if now is not None:
        live = live.filter(Q(until__isnull=True) | Q(until__gt=now))
    return frozenset(live.values_list("role", flat=True))


def mandates_over(now: datetime) -> QuerySet[Grant]:
    """Mandates whose end has come and was not noted yet."""
    return Grant.objects.filter(revoked__isnull=True, until__lte=now).select_related("staff")


@dataclass(frozen=True)
class Mandate:
    """A mandate that ends soon: whose, which role, and when."""

    staff_id: str
    name: str
    role: str
    until: datetime


def mandates_ending(viewer: Actor, now: datetime) -> list[Mandate]:
    """What ends within two weeks, for those who can issue it anew."""
    if not viewer.has(Permission.ROLE_GRANT):
        return []
    soon = Grant.objects.filter(revoked__isnull=True, staff__left__isnull=True, until__lte=now + ENDING)
    rows = soon.order_by("until", "uid").values_list("staff_id", "staff__name", "role", "until")
    return [Mandate(staff, name, role, until) for staff, name, role, until in rows if until]


def holders(role: str) -> QuerySet[Staff]:
    """Who holds this role now, by name."""
    live = Staff.objects.filter(left__isnull=True, grants__role=role, grants__revoked__isnull=True)
    return live.order_by("name", "uid")


def current_role_key(role: str) -> RoleKey | None:
    """The newest key of this role."""
    return RoleKey.objects.filter(role=role).order_by("-epoch").first()


def let_in(role: str) -> list[Staff]:
    """Holders who have the newest key, here or on a machine of their own; all of them when none has it."""
    return with_key(role) or list(holders(role))


def with_key(role: str) -> list[Staff]:
    """Holders who have the newest key, here or on a machine of their own; nobody when none has it."""
    newest = current_role_key(role)
    kept = {*newest.copies.values_list("staff_id", flat=True), newest.held_by_id} if newest else set()
    return [person for person in holders(role) if person.pk in kept]


def ever_held(roles: Iterable[str]) -> frozenset[str]:
    """Everybody to whom one of these roles was ever granted."""
    return frozenset(Grant.objects.filter(role__in=list(roles)).values_list("staff_id", flat=True))


def copies(staff_id: str, roles: Iterable[str]) -> QuerySet[RoleKeyCopy]:
    """This person's sealed copies of the keys of these roles, newest epoch first."""
    mine = RoleKeyCopy.objects.filter(staff_id=staff_id, role_key__role__in=list(roles))
    return mine.select_related("role_key").order_by("-role_key__epoch")


def missing_copies(role: str) -> QuerySet[Staff]:
    """Who was granted this role and lacks a key of it that others hold, because nobody has handed it over."""
    kept = RoleKey.objects.filter(role=role, copies__isnull=False).distinct().count()
    own = Count("role_key_copies", filter=Q(role_key_copies__role_key__role=role), distinct=True)
    return holders(role).annotate(own=own).filter(own__lt=kept)


@dataclass(frozen=True)
class HandOver:
    """A key that waits to be handed over, and to whom."""

    role: str
    staff_id: str
    name: str


def hand_overs_open_to(viewer: Actor) -> list[HandOver]:
    """What this viewer can hand over now."""
    held = copies(viewer.id, viewer.roles).filter(role_key__retired__isnull=True)
    roles = sorted({copy.role_key.role for copy in held})
    return [
        HandOver(role, person.uid, person.name)
        for role in roles
        for person in missing_copies(role).exclude(pk=viewer.id)
    ]


def people() -> list[StaffMember]:
    """Everybody who was ever enrolled, those present first."""
    live = Prefetch(
        "grants", Grant.objects.filter(revoked__isnull=True).order_by("role"), to_attr="live_grants"
    )
    rows = Staff.objects.filter(is_service=False).prefetch_related(live).order_by("left", "name", "uid")
    present = sorted(rows, key=lambda member: (member.left is not None, member.name))
    waiting = {role: set(missing_copies(role).values_list("pk", flat=True)) for role in _roles_with_keys()}
    return [_row(member, waiting) for member in present]


def _roles_with_keys() -> list[str]:
    return list(RoleKey.objects.values_list("role", flat=True).distinct())


def _row(member: Staff, waiting: dict[str, set[str]]) -> StaffMember:
    roles = tuple(grant.role for grant in getattr(member, "live_grants", ()))
    waits = tuple(role for role in roles if member.pk in waiting.get(role, ()))
    return StaffMember(member.pk, member.login, member.name, roles, member.enrolled, member.left, waits)


def sessions_of(staff_id: str) -> QuerySet[StaffSession]:
    """Where this person is logged in, newest first."""
    return StaffSession.objects.filter(staff_id=staff_id).order_by("-opened", "handle")


def passkeys_of(staff_id: str) -> QuerySet[Passkey]:
    """The passkeys that this person can use now, oldest first."""
    return Passkey.objects.filter(staff_id=staff_id, revoked__isnull=True).order_by("added", "name")


def credentials(staff_id: str, site: str) -> tuple[str, ...]:
    """The ids of this person's passkeys at this site, for a browser to look for."""
    return tuple(passkeys_of(staff_id).filter(site=site).values_list("credential", flat=True))


def credentials_that_open(staff_id: str, site: str) -> tuple[str, ...]:
    """Those of them whose device opens the keys without a passphrase."""
    opening = passkeys_of(staff_id).filter(site=site, sealed_keys__isnull=False)
    return tuple(opening.values_list("credential", flat=True))


@dataclass(frozen=True)
class Devices:
    """What a person is logged in with, as the page of devices shows it."""

    member: Staff
    sessions: list[StaffSession]
    passkeys: list[Passkey]


def devices(staff_id: str, now: datetime) -> Devices:
    """Sessions that are not over, and passkeys that are not revoked."""
    open_still = sessions_of(staff_id).filter(until__gt=now)
    return Devices(staff_by_id(staff_id), list(open_still), list(passkeys_of(staff_id)))


def language_of(login: str) -> str:
    """The language in which this person was enrolled."""
    return Staff.objects.values_list("language", flat=True).get(login=login)


def person_page(staff_id: str, *, viewer: Actor) -> dict[str, Any]:
    """One person with all grants, and the reason why the viewer may not change them."""
    member = staff_by_id(staff_id)
    held = roles_of(staff_id)
    grants = list(member.grants.order_by("revoked", "-granted").select_related("granted_by", "revoked_by"))
    return {
        "member": member,
        "held": held,
        "grants": grants,
        "may_change": viewer.has(Permission.ROLE_GRANT),
        "why_no_change": why_not(check_somebody_else)(viewer, staff_id=staff_id),
    }
