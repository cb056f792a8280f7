# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls from a mailbox that a human sees first: alarms, and consents that are taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.intake import envelopes, rules, selectors
from watchword.intake.models import Mailbox
from watchword.intake.services import tickets
from watchword.intake.services.entries import new_parcel, new_uid, seal_entry
from watchword.intake.services.visits import Visit

CALL_FORM = "call"
# All calls have this size or a multiple of it, so that a disk does not tell one without words from another.
STEP = 1024


@dataclass(frozen=True)
class Call:
    """``kind`` is ALARM or CONSENT, ``about`` which of them in the profile; ``text`` may be empty."""

    kind: str
    about: str
    text: str
    language: str

    @property
    def payload(self) -> bytes:
        """Canonical JSON, and blanks after it, which mean nothing there."""
        words = envelopes.fields(about=self.about, text=self.text, language=self.language)
        return words + b" " * (-len(words) % STEP)


def call(*, visit: Visit, call: Call, ticket: str, now: datetime) -> None:
    """Seal a call for those who answer calls. Nothing else happens by itself, here or at the Desk."""
    with transaction.atomic():
        tickets.spend(ticket, CALL_FORM, now.date())
        box = selectors.mailbox(visit.mailbox)
        rules.check_may_call(box.facts if box else None)
        send_or_pretend(visit.mailbox, call, now)


def send_or_pretend(uid: str, call: Call, now: datetime) -> None:
    """Send the call of this mailbox. Where there is none, the same work is done and undone; in a transaction.

    So nobody who tries a receipt learns from a call, by its answer or its time, whether somebody applied.
    """
    mailbox = Mailbox.objects.select_for_update().filter(uid=uid, withdrawn=False).exclude(sent=None).first()
    point = transaction.savepoint()
    sender = mailbox or Mailbox(uid=new_uid(), case=new_uid())
    parcel = new_parcel(sender, call.kind, now.date())
    compartment = envelopes.profile().calls.compartment
    seal_entry(sender, compartment, call.kind, call.payload, parcel=parcel)
    if mailbox:
        transaction.savepoint_commit(point)
    else:
        transaction.savepoint_rollback(point)
