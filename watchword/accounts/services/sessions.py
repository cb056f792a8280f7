# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens, resumes and closes sessions: keys are unlocked at log-in and gone when the session ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from watchword.accounts import keyring, selectors
from watchword.accounts.keyring import StaffKeys
from watchword.accounts.models import Staff, StaffSession
from watchword.accounts.rules import Actor
from watchword.accounts.services import crowding, delays
from watchword.accounts.session_keys import Cookie, SessionKeys
from watchword.core.refusals import NotFound, NotPermitted, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.passphrase import Cost, new_salt
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.services import record

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)


@dataclass(frozen=True)
class Resumed:
    """A session that goes on: who it is, and when it locks if nothing more is asked."""

    actor: Actor
    handle: str
    locks_at: datetime


def log_in(*, login: str, passphrase: str, code: str, now: datetime) -> str:
    """The cookie of a new session. Every failure has the same answer and costs the same work."""
    cookie, _ = _open_session(login=login, passphrase=passphrase, code=code, now=now)
    return str(cookie)


def unlock_for(*, login: str, passphrase: str, code: str, now: datetime) -> Actor:
    """A whole log-in that gives the unlocked Actor instead of a cookie: for command line, demo and tests."""
    _, keys = _open_session(login=login, passphrase=passphrase, code=code, now=now)
    return _actor(selectors.staff_by_id(keys.staff_id), keys)


def resume(*, cookie: str, now: datetime) -> Resumed | None:
    """The session behind a cookie; None when there is none, when it was idle too long, or when it ended."""
    parsed = Cookie.parse(cookie)
    row = StaffSession.objects.select_related("staff").filter(pk=parsed.row_id).first() if parsed else None
    if parsed is None or row is None:
        return None
    keys = _keys_of(row, parsed)
    if keys is None or now >= keys.until or now >= row.seen + IDLE or row.staff.left is not None:
        # The row goes, and with it the last copy of the unlocked keys outside of this request.
        row.delete()
        return None
    if _minute(now) > row.seen:
        # At most one write a minute, and no finer time than a minute is kept of what people do.
        row.seen = _minute(now)
        row.save(update_fields=["seen"])
    return Resumed(_actor(row.staff, keys), row.handle, min(keys.until, row.seen + IDLE))


def log_out(*, cookie: str, actor: Actor, now: datetime) -> None:
    """End this session: its last entry says so, and its keys are gone with its row."""
    parsed = Cookie.parse(cookie)
    with transaction.atomic():
        rows = StaffSession.objects.filter(pk=parsed.row_id if parsed else None, staff_id=actor.id)
        if rows.delete()[0]:
            record(Event.SESSION_CLOSE, signer=actor.signer, case=None, payload={}, at=now)


def close_session(*, handle: str, actor: Actor) -> None:
    """End one of my sessions elsewhere; it cannot sign its own end, and the ledger has its last hour."""
    if not StaffSession.objects.filter(handle=handle, staff_id=actor.id).delete()[0]:
        raise NotFound(sentence("This session is closed already."))


def _open_session(*, login: str, passphrase: str, code: str, now: datetime) -> tuple[Cookie, SessionKeys]:
    delays.check_not_held(login, now)
    staff = Staff.objects.filter(login=login, left__isnull=True, is_service=False).first()
    with crowding.place():
        keys = _unlocked(staff, passphrase)
    if staff is None or keys is None or not _spend_code(staff, keys, code, now):
        delays.note_failure(login, now)
        raise NotPermitted(sentence("This log-in, passphrase and one-time code do not go together."))
    delays.forget_failures(login)
    cookie = Cookie.new()
    session = fresh_keys(staff.uid, keys.identity_seed, now)
    with transaction.atomic():
        StaffSession.objects.filter(staff=staff, seen__lte=now - IDLE).delete()
        StaffSession.objects.create(
            uid=cookie.row_id,
            handle=random_bytes(8).hex(),
            staff=staff,
            sealed=session.seal_for(cookie),
            opened=_minute(now),
            seen=_minute(now),
            until=session.until,
        )
        endorse(staff.uid, keys.signing_seed, session, now)
    return cookie, session


def fresh_keys(staff_id: str, identity_seed: bytes, now: datetime) -> SessionKeys:
    """Keys of a session that begins now, with a signing key of its own."""
    return SessionKeys(staff_id, identity_seed, random_bytes(32), _minute(now) + LONGEST)


def endorse(staff_id: str, signing_seed: bytes, session: SessionKeys, now: datetime) -> None:
    """The ledger entry in which the enrolled key says that this session key speaks for it until then."""
    record(
        Event.SESSION_OPEN,
        signer=keyring.EnrolledKey(staff_id, signing_seed),
        case=None,
        payload={},
        public={"key": session.session_public, "until": int(session.until.timestamp()) // 60},
        at=now,
    )


def _unlocked(staff: Staff | None, passphrase: str) -> StaffKeys | None:
    """The keys behind a passphrase; for an unknown log-in the same work on a stand-in that nothing opens."""
    if staff is None:
        sealed = seal(StaffKeys.new().pack(), [Identity.generate().recipient])
        salt, cost = new_salt(), keyring.present_cost()
    else:
        sealed, salt, cost = bytes(staff.sealed_keys), bytes(staff.salt), Cost.parse(staff.cost)
    try:
        keys = keyring.open_with_passphrase(sealed, passphrase, salt, cost)
    except SealingError:
        return None
    # Somebody who can write to the database could seal keys of his own to a passphrase of his own.
    if staff is None or keys.signing_public.hex() != staff.signing_public:
        return None
    return keys


def _spend_code(staff: Staff, keys: StaffKeys, code: str, now: datetime) -> bool:
    """Whether the code is right and newer than the last one; one UPDATE, so that no two log-ins share it."""
    step = keyring.matching_step(keys.totp_base32, code, now.timestamp())
    if step is None:
        return False
    return Staff.objects.filter(pk=staff.pk, last_step__lt=step).update(last_step=step) == 1


def _keys_of(row: StaffSession, cookie: Cookie) -> SessionKeys | None:
    try:
        keys = SessionKeys.open_with(cookie, bytes(row.sealed))
    except SealingError:
        return None
    return keys if keys.staff_id == row.staff_id else None


def _actor(staff: Staff, keys: SessionKeys) -> Actor:
    return Actor(staff.uid, staff.name, selectors.roles_of(staff.uid), keys)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
