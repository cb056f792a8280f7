# SPDX-License-Identifier: AGPL-3.0-or-later
"""Unlocks a session whose keys are gone from the server: the cookie says whose it is, and opens nothing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts.keyring import StaffKeys
from watchword.accounts.models import Staff, StaffSession
from watchword.accounts.passkeys import Purpose, Site, not_accepted
from watchword.accounts.services import delays, passkey_log_in, passkeys, sessions, unlocking
from watchword.accounts.services.passkeys import Opening
from watchword.accounts.session_keys import Cookie, Stub
from watchword.core.refusals import NotFound, NotPermitted, sentence
from watchword.core.sealing.errors import SealingError


@dataclass(frozen=True)
class Locked:
    """A session that waits to be unlocked: who was here, and when it ends in any case."""

    staff_id: str
    name: str
    until: datetime


def locked(*, cookie: str, now: datetime) -> Locked | None:
    """The locked session behind a cookie; None when there is none, or when it is over."""
    found = _find(cookie, now)
    return Locked(found.staff.uid, found.staff.name, found.stub.until) if found else None


def unlock_with_passphrase(*, cookie: str, passphrase: str, now: datetime) -> None:
    """Unlock with what the person knows; that they had the second factor, the cookie says."""
    found = _found(cookie, now)
    delays.check_not_held(found.staff.login, now)
    keys = unlocking.keys_by_passphrase(found.staff, passphrase)
    if keys is None:
        delays.note_failure(found.staff.login, now)
        raise NotPermitted(sentence("This is not your passphrase."))
    delays.forget_failures(found.staff.login)
    _unlock(found, keys, now)


def unlock_with_passkey(
    *, cookie: str, assertion: str, ticket: str, site: Site | None, now: datetime
) -> None:
    """Unlock with a passkey of the same person whose secret opens the keys."""
    found = _found(cookie, now)
    if site is None:
        raise passkey_log_in.no_name()
    opening = passkeys.accept(
        assertion, ticket=ticket, purpose=Purpose.UNLOCK, site=site, staff_id=found.staff.uid, now=now
    )
    keys = opening.accepted.keys
    if keys is None:
        raise NotPermitted(sentence("This passkey does not open your keys by itself. Type your passphrase."))
    _unlock(found, keys, now, opening)


@dataclass(frozen=True, repr=False)
class _Found:
    row: StaffSession
    cookie: Cookie
    stub: Stub

    @property
    def staff(self) -> Staff:
        return self.row.staff


def _find(cookie: str, now: datetime) -> _Found | None:
    parsed = Cookie.parse(cookie)
    row = StaffSession.objects.select_related("staff").filter(pk=parsed.row_id).first() if parsed else None
    if parsed is None or row is None or row.staff.left is not None:
        return None
    try:
        stub = Stub.open_with(parsed, bytes(row.stub))
    except SealingError:
        return None
    # The row's own end can be written by whoever writes to the database; the stub's cannot.
    is_ours = stub.staff_id == row.staff_id and now < min(stub.until, row.until)
    return _Found(row, parsed, stub) if is_ours else None


def _found(cookie: str, now: datetime) -> _Found:
    found = _find(cookie, now)
    if found is None:
        raise NotFound(sentence("This session is over. Log in again."))
    return found


def _unlock(found: _Found, keys: StaffKeys, now: datetime, opening: Opening | None = None) -> None:
    """A new signing key for what is left of the session's time; the old one signs nothing more."""
    if opening and opening.ticket.until != found.stub.until:
        raise not_accepted()
    session = sessions.fresh_keys(found.staff.uid, keys, found.stub.until, opening)
    with transaction.atomic():
        rows = StaffSession.objects.filter(pk=found.row.pk)
        changed = rows.update(
            sealed=session.seal_for(found.cookie),
            public=session.session_public.hex(),
            seen=now.replace(second=0, microsecond=0),
        )
        if not changed:
            raise NotFound(sentence("This session is over. Log in again."))
        sessions.endorse(found.staff.uid, keys.signing_seed, session, now, opening)
