# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forgetting on time: what was begun and left, visits that ended by themselves, letters long read."""

from datetime import date, timedelta

from django.db import transaction

from watchword.intake import envelopes, rules
from watchword.intake.models import Delivery, GateSession, Mailbox, SealedEntry, SpentTicket
from watchword.intake.services import traces

_purged: dict[str, date] = {}


def purge_once_a_day(*, today: date) -> None:
    """Purge with the first page, or the courier's first request, of a day; no timer can die unnoticed."""
    if _purged.get("day") != today:
        purge(today=today)
        _purged["day"] = today


def purge(*, today: date) -> None:
    """Delete what has outlived its days. Run once a day and at start; running it twice changes nothing."""
    with transaction.atomic():
        traces.remove_after_commit()
        Mailbox.objects.filter(
            sent=None, opened__lt=today - timedelta(days=envelopes.profile().draft_days)
        ).delete()
        # Uploads of a process that was stopped. One that is coming at this moment is told to come again.
        SealedEntry.objects.filter(ready=False, begun=None).delete()
        SealedEntry.objects.filter(ready=False, begun__lt=today - timedelta(days=rules.UPLOAD_DAYS)).delete()
        Delivery.objects.filter(day__lt=today - timedelta(days=rules.LETTER_DAYS)).delete()
        GateSession.objects.filter(day__lt=today - timedelta(days=1)).delete()
        SpentTicket.objects.filter(day__lte=today - timedelta(days=rules.TICKET_DAYS)).delete()
