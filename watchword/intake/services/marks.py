# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes into the notebook of a mailbox what its owner has read, answered and taken back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.db import transaction

from watchword.intake.models import Mailbox
from watchword.intake.notebook import Notebook, open_notebook, write_notebook
from watchword.intake.services.visits import Visit


def mark_read(*, visit: Visit, number: int) -> None:
    """The letters up to this number were shown."""
    _change(visit, lambda page: replace(page, read=max(page.read, number)))


def mark_answered(*, visit: Visit, number: int) -> None:
    """The owner has written after reading the letters up to this number."""
    _change(visit, lambda page: replace(page, answered=max(page.answered, number)))


def mark_taken_back(*, visit: Visit, consent: str, today: date) -> None:
    """The owner has taken back a consent today."""
    _change(visit, lambda page: replace(page, consents={**page.consents, consent: today.isoformat()}))


def _change(visit: Visit, change: Callable[[Notebook], Notebook]) -> None:
    with transaction.atomic():
        mailbox = Mailbox.objects.select_for_update().filter(uid=visit.mailbox, withdrawn=False).first()
        if mailbox is not None:
            before = open_notebook(visit.login, bytes(mailbox.notebook))
            mailbox.notebook = write_notebook(visit.login, change(before))
            mailbox.save(update_fields=["notebook"])
