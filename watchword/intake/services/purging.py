# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forgetting on time: what was begun and left, visits that ended by themselves, letters long read."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from watchword.intake import envelopes, rules
from watchword.intake.models import Delivery, GateSession, Mailbox, SealedEntry, SpentTicket
from watchword.intake.services import traces
from watchword.intake.services.discarding import discard, empty

_purged: dict[str, date] = {}


def purge_once_a_day(*, today: date) -> None:
    """Purge with the first page, or the courier's first request, of a day; no timer can die unnoticed."""
    if _purged.get("day") != today:
        purge(today=today)
        _purged["day"] = today


def purge(*, today: date) -> None:
    """Delete what has outlived its days. Run once a day and at start; running it twice changes nothing."""
    with transaction.atomic():
        left = Mailbox.objects.filter(
            sent=None, opened__lt=today - timedelta(days=envelopes.profile().draft_days)
        )
        discard(SealedEntry.objects.filter(mailbox__in=left))
        left.delete()
        # Broken uploads, and files for a letter that was never sent.
        unsent = SealedEntry.objects.filter(parcel=None, begun__lt=today - timedelta(days=rules.UPLOAD_DAYS))
        discard(unsent.filter(Q(ready=False) | Q(mailbox__sent__isnull=False)))
        Delivery.objects.filter(day__lt=today - timedelta(days=rules.LETTER_DAYS)).delete()
        GateSession.objects.filter(day__lt=today - timedelta(days=1)).delete()
        SpentTicket.objects.filter(day__lte=today - timedelta(days=rules.TICKET_DAYS)).delete()
        transaction.on_commit(empty)
        traces.rewrite_after_commit()
