# SPDX-License-Identifier: AGPL-3.0-or-later
"""Destroys what is sealed in an ended case: by hand, and from the day on that the profile names."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Outgoing
from watchword.cases.selectors.erasing import due_to_erase
from watchword.cases.services.locking import locked
from watchword.cases.services.sketches import forget_likeness
from watchword.core.ledger.canonical import JSON, encode_plain
from watchword.core.sealing.primitives import random_bytes, sha256
from watchword.journal.events import Event
from watchword.journal.services import forget, record
from watchword.vault import services as vault


@transaction.atomic
def erase_case(*, case_uid: str, actor: Actor, now: datetime) -> int:
    """Erase every sealed record of the case and the address of its mailbox; how many records there were."""
    now = rules.minute(now)
    case = locked(case_uid)
    standing = case.standing()
    rules.check_may_know(actor, standing)
    rules.check_may_erase(actor, standing, due_to_erase(case), now.date())
    count = vault.erase(case=case.uid) + forget_likeness(case.uid)
    Outgoing.objects.filter(case=case).update(sealed=b"", delivered_at=now)
    case.mailbox_recipient = ""
    case.save(update_fields=["mailbox_recipient"])
    # With chance in it, so that nobody who guesses the case finds it among the public facts of the ledger.
    action: dict[str, JSON] = {
        "act": "shred",
        "case": case.uid,
        "records": count,
        "n": random_bytes(16).hex(),
    }
    record(
        Event.SHRED,
        signer=actor.signer,
        case=case.uid,
        payload=action,
        public={"action": sha256(encode_plain(action))},
        at=now,
    )
    forget(case.uid)
    return count
