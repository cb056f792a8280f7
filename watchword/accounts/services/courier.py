# SPDX-License-Identifier: AGPL-3.0-or-later
"""The courier as a member of staff: a program with a key file instead of a passphrase."""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from watchword.accounts import selectors
from watchword.accounts.rules import COURIER, Actor
from watchword.accounts.services import enrolment, sessions
from watchword.accounts.session_keys import SessionKeys
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import ed25519_public

_open: dict[str, SessionKeys] = {}
"""The running process's session, by pseudonym: a round a minute must not fill the ledger with log-ins."""


def enrol_courier(*, actor: Actor, now: datetime) -> bytes:
    """Enrol the courier and write its key file; its Ed25519 public key, by which the Gate knows it."""
    path = Path(settings.WATCHWORD_COURIER_KEY)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with transaction.atomic():
        staff, keys = enrolment.enrol_service(login=COURIER, role=COURIER, actor=actor, now=now)
        # O_EXCL: a second courier must not silently take the first one's place.
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
    return keys.signing_public


def courier_actor(now: datetime) -> Actor:
    """The courier with an open session; its opening is in the ledger once in eight hours.

    Its session key is its enrolled key, because the Gate knows it by that key alone.
    """
    try:
        fields = json.loads(Path(settings.WATCHWORD_COURIER_KEY).read_text(encoding="ascii"))
        staff = selectors.staff_by_id(fields["staff"])
        identity, signing = bytes.fromhex(fields["identity"]), bytes.fromhex(fields["ed25519"])
    except (OSError, ValueError, KeyError):
        raise WrongState(sentence("The courier's key file is missing or damaged.")) from None
    if staff.left is not None or ed25519_public(signing).hex() != staff.signing_public:
        raise WrongState(sentence("The courier's key file is not that of the enrolled courier."))
    return Actor(
        staff.uid, staff.name, selectors.roles_of(staff.uid), _session(staff.uid, identity, signing, now)
    )


def _session(staff_id: str, identity: bytes, signing: bytes, now: datetime) -> SessionKeys:
    session = _open.get(staff_id)
    if session is None or now >= session.until:
        until = now.replace(second=0, microsecond=0) + sessions.LONGEST
        session = SessionKeys(staff_id, identity, signing, until)
        with transaction.atomic():
            sessions.endorse(staff_id, signing, session, now)
        _open[staff_id] = session
    return session
