# SPDX-License-Identifier: AGPL-3.0-or-later
"""What goes to the Desk, what comes from it, and what is left."""

from datetime import datetime

import pytest
from django.db import connection

from tests.clock import TODAY
from tests.intake.draft import begun, complete, file_place, sent
from tests.intake.harbour import Harbour
from watchword.core.refusals import WrongState
from watchword.intake import selectors, services
from watchword.intake.models import Delivery, Mailbox, Parcel, SealedChunk, SealedEntry
from watchword.intake.services import SealedLetter, Visit

COURIER = b"k" * 32


def letter(case: str, uid: str = "a" * 32) -> SealedLetter:
    return SealedLetter(uid, case, "letter", b"sealed")


def test_a_draft_is_offered_to_nobody(visit: Visit) -> None:
    complete(visit)
    assert services.ready_parcels() == []
    [entry, *_] = SealedEntry.objects.all()
    assert list(selectors.entry_chunks(entry.uid)) == []


def test_an_unfinished_upload_is_not_sent(visit: Visit, now: datetime) -> None:
    complete(visit)
    upload = services.IncomingFile(visit=visit, place=file_place(), name="a.pdf", today=TODAY)
    upload.write(b"%PDF-" + bytes(600_000))
    services.send(visit=visit, language="en", ticket=services.issue(services.SEND_FORM, now.date()), now=now)
    [parcel] = services.ready_parcels()
    assert not any(entry.kind.startswith("file:") for entry in parcel.entries)
    assert SealedEntry.objects.filter(ready=False).count() == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its pages as its operator says")
@pytest.mark.django_db(transaction=True)
def test_what_was_collected_leaves_no_gap_in_which_a_copy_could_lie(harbour: Harbour, now: datetime) -> None:
    sent(now)
    [parcel] = services.ready_parcels()
    services.acknowledge(uids=[parcel.uid], today=TODAY)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_acknowledging_deletes_and_doing_it_twice_is_no_error(
    harbour: Harbour, db: None, now: datetime
) -> None:
    sent(now)
    [parcel] = services.ready_parcels()
    assert services.acknowledge(uids=[parcel.uid], today=TODAY) == 1
    assert (Parcel.objects.count(), SealedEntry.objects.count(), SealedChunk.objects.count()) == (0, 0, 0)
    assert services.acknowledge(uids=[parcel.uid, "unknown"], today=TODAY) == 0
    assert Mailbox.objects.get().collected == TODAY


def test_what_was_never_offered_cannot_be_acknowledged_away(
    harbour: Harbour, db: None, now: datetime
) -> None:
    sent(now)
    parcel = Parcel.objects.get()
    assert services.acknowledge(uids=[parcel.uid], today=TODAY) == 0
    assert Parcel.objects.count() == 1


def test_the_hundred_and_first_application_is_taken_like_the_first(
    harbour: Harbour, db: None, now: datetime
) -> None:
    for _ in range(101):
        begun(now)
    assert Mailbox.objects.count() == 101
    sent(now)
    assert len(services.ready_parcels()) == 1


def test_a_letter_is_kept_once_however_often_it_comes(harbour: Harbour, db: None, now: datetime) -> None:
    sent(now)
    case = Mailbox.objects.get().case
    for _ in range(2):
        assert services.receive_deliveries(letters=[letter(case)], today=TODAY) == ["a" * 32]
    assert Delivery.objects.count() == 1


def test_a_letter_to_a_mailbox_that_is_gone_is_done_with(harbour: Harbour, db: None) -> None:
    assert services.receive_deliveries(letters=[letter("f" * 32)], today=TODAY) == ["a" * 32]
    assert Delivery.objects.count() == 0


@pytest.mark.django_db
def test_a_number_of_the_courier_is_used_once_and_never_goes_back() -> None:
    assert selectors.newest_counter(COURIER) == 0
    services.advance_counter(courier=COURIER, counter=7)
    for old in (7, 6, 0, -1):
        with pytest.raises(WrongState):
            services.advance_counter(courier=COURIER, counter=old)
    services.advance_counter(courier=b"another" * 4, counter=1)
    assert selectors.newest_counter(COURIER) == 7


def test_two_receipts_with_the_same_locator_do_not_share_a_mailbox(visit: Visit, now: datetime) -> None:
    from watchword.intake.services import applications

    taken = Mailbox.objects.get()
    drawn = applications.NewMailbox(taken.locator, bytes(32), taken.recipient)
    with pytest.raises(WrongState, match="once more"):
        applications.open_mailbox("a" * 32, drawn, TODAY)
    assert Mailbox.objects.count() == 1
