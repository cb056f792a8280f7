# SPDX-License-Identifier: AGPL-3.0-or-later
"""Logs in with a passkey: alone where its secret opens the keys, beside the passphrase where it has none."""

from datetime import datetime

from watchword.accounts.keyring import StaffKeys
from watchword.accounts.passkeys import Purpose, Site, not_accepted
from watchword.accounts.services import delays, passkeys, sessions, unlocking
from watchword.accounts.services.passkeys import Accepted
from watchword.core.refusals import NotPermitted, WrongState, sentence


def log_in_with_passkey(
    *, assertion: str, ticket: str, site: Site | None, login: str, passphrase: str, now: datetime
) -> tuple[str, str]:
    """The cookie of a new session, and the log-in of whose it is; the passkey says who is there."""
    if site is None:
        raise no_name()
    opening = passkeys.accept(
        assertion, ticket=ticket, purpose=Purpose.LOG_IN, site=site, staff_id=None, now=now
    )
    staff = opening.accepted.passkey.staff
    if login and login != staff.login:
        raise not_accepted()
    cookie, _ = sessions.begin(staff, keys_of(opening.accepted, passphrase, now), now, opening)
    return str(cookie), staff.login


def keys_of(accepted: Accepted, passphrase: str, now: datetime) -> StaffKeys:
    """The keys that passkey and passphrase open together, or the passkey alone."""
    staff = accepted.passkey.staff
    if not passphrase:
        keys = accepted.keys
        if keys is None:
            raise NotPermitted(
                sentence(
                    "This passkey does not open your keys by itself. Type your passphrase as well, leave the"
                    " code empty, and use the passkey again: it takes the place of the code."
                )
            )
        return keys
    delays.check_not_held(staff.login, now)
    keys = unlocking.keys_by_passphrase(staff, passphrase)
    if keys is None:
        delays.note_failure(staff.login, now)
        raise NotPermitted(sentence("This passphrase and this passkey do not go together."))
    delays.forget_failures(staff.login)
    return keys


def no_name() -> WrongState:
    """Why there can be no passkey at an address of numbers."""
    return WrongState(
        sentence("Passkeys need a name: open the Desk by its name, or on this machine as localhost.")
    )
