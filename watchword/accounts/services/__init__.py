# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes staff, roles, keys and sessions."""

from watchword.accounts.services.confirming import by_code, by_passkey
from watchword.accounts.services.courier import courier_actor, courier_sign, enrol_courier
from watchword.accounts.services.enrolment import (
    Enrolment,
    end_service,
    enrol,
    found,
    second_administrator,
)
from watchword.accounts.services.grants import confirm, drop, propose, revoke_now
from watchword.accounts.services.locking import Locked, locked, unlock_with_passkey, unlock_with_passphrase
from watchword.accounts.services.passkey_log_in import log_in_with_passkey
from watchword.accounts.services.passkeys import add_passkey, revoke_passkey
from watchword.accounts.services.recovery import (
    approve_recovery,
    ask_recovery,
    finish_recovery,
    stop_recovery,
)
from watchword.accounts.services.role_keys import create_role_key, destroy_retired, new_epoch, share_role_key
from watchword.accounts.services.seats import bring_key, hand_on, headers_to_hand_on
from watchword.accounts.services.sessions import (
    Resumed,
    end_session,
    forget_idle,
    lock,
    log_in,
    log_out,
    resume,
    unlock_for,
)

__all__ = [
    "Enrolment",
    "Locked",
    "Resumed",
    "add_passkey",
    "approve_recovery",
    "ask_recovery",
    "bring_key",
    "by_code",
    "by_passkey",
    "confirm",
    "courier_actor",
    "courier_sign",
    "create_role_key",
    "destroy_retired",
    "drop",
    "end_service",
    "end_session",
    "enrol",
    "enrol_courier",
    "finish_recovery",
    "forget_idle",
    "found",
    "hand_on",
    "headers_to_hand_on",
    "lock",
    "locked",
    "log_in",
    "log_in_with_passkey",
    "log_out",
    "new_epoch",
    "propose",
    "resume",
    "revoke_now",
    "revoke_passkey",
    "second_administrator",
    "share_role_key",
    "stop_recovery",
    "unlock_for",
    "unlock_with_passkey",
    "unlock_with_passphrase",
]
