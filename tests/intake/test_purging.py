# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forgetting on time."""

from datetime import datetime, timedelta

import pytest

from tests.clock import TODAY
from tests.intake.draft import file_place, sent
from tests.intake.harbour import Harbour
from watchword.core.refusals import WrongState
from watchword.intake import rules, services
from watchword.intake.models import Delivery, GateSession, Mailbox, SealedChunk, SealedEntry, SpentTicket
from watchword.intake.services import SealedLetter, Visit


def test_a_draft_is_kept_for_thirty_days_and_not_for_thirty_one(visit: Visit) -> None:
    services.purge(today=TODAY + timedelta(days=30))
    assert Mailbox.objects.count() == 1
    services.purge(today=TODAY + timedelta(days=31))
    assert (Mailbox.objects.count(), SealedEntry.objects.count(), SealedChunk.objects.count()) == (0, 0, 0)


def test_what_was_sent_waits_for_the_desk_however_long(harbour: Harbour, db: None, now: datetime) -> None:
    sent(now)
    services.purge(today=TODAY + timedelta(days=400))
    assert len(services.ready_parcels()) == 1


def test_old_letters_visits_and_tickets_go(harbour: Harbour, db: None, now: datetime) -> None:
    sent(now)
    sealed = SealedLetter("a" * 32, Mailbox.objects.get().case, "letter", b"sealed")
    services.receive_deliveries(letters=[sealed], today=TODAY)
    services.purge(today=TODAY)
    assert (Delivery.objects.count(), GateSession.objects.count(), SpentTicket.objects.count()) == (1, 1, 2)
    services.purge(today=TODAY + timedelta(days=2))
    assert (Delivery.objects.count(), GateSession.objects.count(), SpentTicket.objects.count()) == (1, 0, 0)
    services.purge(today=TODAY + timedelta(days=rules.LETTER_DAYS + 1))
    assert Delivery.objects.count() == 0


def test_a_spent_ticket_is_forgotten_only_when_it_would_not_be_taken_any_more(
    harbour: Harbour, db: None, now: datetime
) -> None:
    ticket = services.issue(services.CONTACT_FORM, now.date())
    services.begin(key=services.new_key(), answers={}, language="en", ticket=ticket, now=now)
    for days in range(4):
        later = now + timedelta(days=days)
        services.purge(today=later.date())
        with pytest.raises(WrongState):
            services.begin(key=services.new_key(), answers={}, language="en", ticket=ticket, now=later)
    assert Mailbox.objects.count() == 1


def test_what_a_stopped_process_left_of_an_upload_goes(visit: Visit) -> None:
    upload = services.IncomingFile(visit=visit, place=file_place(), name="a.pdf", today=TODAY)
    upload.write(b"%PDF-" + bytes(600_000))
    services.purge(today=TODAY + timedelta(days=rules.UPLOAD_DAYS + 1))
    assert not SealedEntry.objects.filter(kind__startswith="file:").exists()
    assert SealedEntry.objects.count() == 1
    with pytest.raises(WrongState, match="Send it again"):
        upload.write(bytes(600_000))
