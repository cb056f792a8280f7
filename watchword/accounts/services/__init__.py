# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes staff, roles, keys and sessions."""

from watchword.accounts.services.courier import courier_actor, courier_sign, enrol_courier
from watchword.accounts.services.enrolment import Enrolment, end_service, enrol, found
from watchword.accounts.services.grants import grant, revoke
from watchword.accounts.services.role_keys import create_role_key, destroy_retired, new_epoch, share_role_key
from watchword.accounts.services.sessions import Resumed, close_session, log_in, log_out, resume, unlock_for

__all__ = [
    "Enrolment",
    "Resumed",
    "close_session",
    "courier_actor",
    "courier_sign",
    "create_role_key",
    "destroy_retired",
    "end_service",
    "enrol",
    "enrol_courier",
    "found",
    "grant",
    "log_in",
    "log_out",
    "new_epoch",
    "resume",
    "revoke",
    "share_role_key",
    "unlock_for",
]
