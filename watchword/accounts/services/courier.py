# SPDX-License-Identifier: AGPL-3.0-or-later
"""The courier as a member of staff: a program with a key file instead of a passphrase."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from watchword.accounts import selectors
from watchword.accounts.keyring import TOTP_SECRET, StaffKeys
from watchword.accounts.models import Staff
from watchword.accounts.rules import COURIER, Actor
from watchword.accounts.services import enrolment, sessions
from watchword.accounts.session_keys import SessionKeys
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import ed25519_public, ed25519_sign

_open: dict[str, SessionKeys] = {}
"""The running process's session, by pseudonym: a round a minute must not fill the ledger with log-ins."""


def enrol_courier(*, actor: Actor, now: datetime) -> bytes:
    """Enrol the courier and write its key file; its Ed25519 public key, by which the Gate knows it."""
    path = Path(settings.WATCHWORD_COURIER_KEY)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with transaction.atomic():
        staff, keys = enrolment.enrol_service(login=COURIER, role=COURIER, actor=actor, now=now)
        # Nobody was the courier: a file that is there was left by an enrolment that came to nothing.
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            json.dump(
                {
                    "staff": staff.uid,
                    "identity": keys.identity_seed.hex(),
                    "ed25519": keys.signing_seed.hex(),
                },
                file,
            )
            file.flush()
            # Before the row of which this is the only key.
            os.fsync(file.fileno())
    return keys.signing_public


def courier_actor(now: datetime) -> Actor:
    """The courier with an open session; its opening is in the ledger once in eight hours of a process."""
    staff, keys = _enrolled()
    return Actor(staff.uid, staff.name, selectors.roles_of(staff.uid), _session(staff.uid, keys, now))


def courier_sign(message: bytes) -> bytes:
    """The signature under a request to a Gate, which knows the courier by its enrolled key alone."""
    _, keys = _enrolled()
    return ed25519_sign(keys.ed25519, message)


@dataclass(frozen=True, repr=False)
class _KeyFile:
    identity: bytes
    ed25519: bytes

    @property
    def staff_keys(self) -> StaffKeys:
        """A program has no one-time codes."""
        return StaffKeys(self.identity, self.ed25519, bytes(TOTP_SECRET))


def _enrolled() -> tuple[Staff, _KeyFile]:
    try:
        fields = json.loads(Path(settings.WATCHWORD_COURIER_KEY).read_text(encoding="ascii"))
        staff = selectors.staff_by_id(fields["staff"])
        keys = _KeyFile(bytes.fromhex(fields["identity"]), bytes.fromhex(fields["ed25519"]))
        public = ed25519_public(keys.ed25519).hex()
    except (OSError, ValueError, KeyError, Malformed):
        raise WrongState(sentence("The courier's key file is missing or damaged.")) from None
    if staff.left is not None or public != staff.signing_public:
        raise WrongState(sentence("The courier's key file is not that of the enrolled courier."))
    return staff, keys


def _session(staff_id: str, keys: _KeyFile, now: datetime) -> SessionKeys:
    session = _open.get(staff_id)
    if session is None or now >= session.until:
        session = sessions.fresh_keys(staff_id, keys.staff_keys, sessions.longest(now))
        with transaction.atomic():
            sessions.endorse(staff_id, keys.ed25519, session, now)
        _open[staff_id] = session
    return session
