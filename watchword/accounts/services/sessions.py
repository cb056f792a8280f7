# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens, resumes and closes sessions: keys are unlocked at log-in and gone when the session ends or locks."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from watchword.accounts import keyring, rules, selectors
from watchword.accounts.keyring import StaffKeys
from watchword.accounts.models import Staff, StaffSession
from watchword.accounts.rules import Actor
from watchword.accounts.services import delays, grants, unlocking
from watchword.accounts.services.passkeys import Opening
from watchword.accounts.session_keys import Cookie, SessionKeys
from watchword.core.ledger.assertion import BY_CODE
from watchword.core.refusals import NotFound, NotPermitted, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.primitives import random_bytes
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
    """A whole log-in that gives the unlocked Actor instead of a cookie: for command line, demo and tests.

    What the actor does is confirmed by the code that was typed for it.
    """
    _, keys = _open_session(login=login, passphrase=passphrase, code=code, now=now)
    return replace(_actor(selectors.staff_by_id(keys.staff_id), keys, now), proof=BY_CODE)


def resume(*, cookie: str, now: datetime) -> Resumed | None:
    """The session behind a cookie; None when there is none, when it was idle too long, or when it ended."""
    parsed = Cookie.parse(cookie)
    row = StaffSession.objects.select_related("staff").filter(pk=parsed.row_id).first() if parsed else None
    if parsed is None or row is None:
        return None
    if now >= row.until or row.staff.left is not None:
        row.delete()
        return None
    if not row.sealed or now >= row.seen + IDLE:
        lock_row(row)
        return None
    keys = _keys_of(row, parsed)
    if keys is None or now >= keys.until:
        # Somebody has changed this row: nothing in it is believed.
        row.delete()
        return None
    if _minute(now) > row.seen:
        # At most one write a minute, and no finer time than a minute is kept of what people do.
        row.seen = _minute(now)
        row.save(update_fields=["seen"])
    return Resumed(_actor(row.staff, keys, now), row.handle, min(keys.until, row.seen + IDLE))


def lock_row(row: StaffSession) -> None:
    """The last copy of the unlocked keys outside of this request goes; the row waits to be unlocked."""
    if row.sealed:
        # Not a row that was unlocked again, or used, since it was read.
        StaffSession.objects.filter(pk=row.pk, public=row.public, seen=row.seen).update(sealed=b"")


def lock(*, cookie: str, actor: Actor, now: datetime) -> None:
    """Lock this session by hand: the ledger says that its key signs nothing more."""
    parsed = Cookie.parse(cookie)
    with transaction.atomic():
        rows = StaffSession.objects.filter(pk=parsed.row_id if parsed else None, staff_id=actor.id)
        if rows.exclude(sealed=b"").update(sealed=b""):
            record(Event.SESSION_CLOSE, signer=actor.signer, case=None, payload={}, at=now)


def log_out(*, cookie: str, actor: Actor, now: datetime) -> None:
    """End this session: its last entry says so, and its keys are gone with its row."""
    parsed = Cookie.parse(cookie)
    with transaction.atomic():
        rows = StaffSession.objects.filter(pk=parsed.row_id if parsed else None, staff_id=actor.id)
        if rows.delete()[0]:
            record(Event.SESSION_CLOSE, signer=actor.signer, case=None, payload={}, at=now)


def end_session(*, handle: str, actor: Actor, now: datetime) -> str:
    """End somebody's session elsewhere: one's own, or as an administrator another's. Whose it was."""
    with transaction.atomic():
        row = StaffSession.objects.select_for_update().filter(handle=handle).first()
        if row is None or not rules.may_end_session(actor, staff_id=row.staff_id):
            raise NotFound(sentence("This session is closed already."))
        if row.sealed:
            # While it is locked there is no key of it left that could sign anything.
            record(
                Event.SESSION_END,
                signer=actor.signer,
                case=None,
                payload={"staff": row.staff_id},
                public={"staff": row.staff_id, "key": bytes.fromhex(row.public)},
                at=now,
            )
        row.delete()
    return row.staff_id


def _open_session(*, login: str, passphrase: str, code: str, now: datetime) -> tuple[Cookie, SessionKeys]:
    delays.check_not_held(login, now)
    staff = selectors.staff_who_may_log_in(login)
    keys = unlocking.keys_by_passphrase(staff, passphrase)
    if staff is None or keys is None or not unlocking.spend_code(staff, keys.totp_base32, code, now):
        delays.note_failure(login, now)
        raise NotPermitted(sentence("This log-in, passphrase and one-time code do not go together."))
    delays.forget_failures(login)
    return begin(staff, keys, now)


def begin(
    staff: Staff, keys: StaffKeys, now: datetime, opening: Opening | None = None
) -> tuple[Cookie, SessionKeys]:
    """A new session of somebody who has proved who they are; ``opening``: where a passkey signed for it."""
    until = opening.ticket.until if opening else longest(now)
    cookie, session = Cookie.new(), fresh_keys(staff.uid, keys, until, opening)
    with transaction.atomic():
        forget_idle(now)
        StaffSession.objects.create(
            uid=cookie.row_id,
            handle=random_bytes(8).hex(),
            staff=staff,
            sealed=session.seal_for(cookie),
            stub=session.stub.seal_for(cookie),
            public=session.session_public.hex(),
            opened=_minute(now),
            seen=_minute(now),
            until=session.until,
        )
        endorse(staff.uid, keys.signing_seed, session, now, opening)
    return cookie, session


def forget_idle(now: datetime) -> None:
    """Drop the keys of every session that nobody used lately, and every session and mandate that is over."""
    grants.end_what_is_over(now)
    StaffSession.objects.filter(until__lte=now).delete()
    StaffSession.objects.filter(seen__lte=now - IDLE).exclude(sealed=b"").update(sealed=b"")


def longest(now: datetime) -> datetime:
    """Until when a session can last that begins now."""
    return _minute(now) + LONGEST


def fresh_keys(
    staff_id: str, keys: StaffKeys, until: datetime, opening: Opening | None = None
) -> SessionKeys:
    """Keys of a session until then, with a signing key of its own: that of ``opening``, or a new one."""
    seed = opening.ticket.signing_seed if opening else random_bytes(32)
    return SessionKeys(staff_id, keys.identity_seed, seed, keys.totp_secret, until)


def endorse(
    staff_id: str, signing_seed: bytes, session: SessionKeys, now: datetime, opening: Opening | None = None
) -> None:
    """The ledger entry in which the enrolled key says that this session key speaks for it until then.

    Where a passkey opened it, its assertion says the same: the enrolled key alone could have been copied.
    """
    record(
        Event.SESSION_OPEN,
        signer=keyring.EnrolledKey(staff_id, signing_seed),
        case=None,
        payload={},
        public={"key": session.session_public, "until": int(session.until.timestamp()) // 60},
        at=now,
        proof=opening.proof if opening else None,
    )


def _keys_of(row: StaffSession, cookie: Cookie) -> SessionKeys | None:
    try:
        keys = SessionKeys.open_with(cookie, bytes(row.sealed))
    except SealingError:
        return None
    return keys if keys.staff_id == row.staff_id else None


def _actor(staff: Staff, keys: SessionKeys, now: datetime) -> Actor:
    return Actor(staff.uid, staff.name, selectors.roles_of(staff.uid, now), keys)


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
