# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written anew takes the place of what was there; nobody fills a Gate with one draft."""

from datetime import datetime

import pytest

from tests.clock import TODAY
from tests.intake.draft import begun, complete, file_place
from tests.intake.harbour import Harbour
from watchword.intake import envelopes, selectors, services
from watchword.intake.models import SealedChunk, SealedEntry
from watchword.intake.services import IncomingFile, Visit
from watchword.intake.services.discarding import empty


def test_a_part_that_is_sealed_again_and_again_takes_the_room_of_one(visit: Visit) -> None:
    complete(visit, "first words")
    rows, chunks = SealedEntry.objects.count(), SealedChunk.objects.count()
    for number in range(5):
        complete(visit, f"other words {number}")
    assert (SealedEntry.objects.count(), SealedChunk.objects.count()) == (rows, chunks)


def upload(visit: Visit, number: int = 1) -> IncomingFile:
    return IncomingFile(visit=visit, place=file_place(number), name="school.pdf", today=TODAY)


def test_a_file_that_is_sent_again_and_again_takes_the_room_of_one(visit: Visit) -> None:
    sizes = set()
    for _ in range(4):
        incoming = upload(visit)
        incoming.write(b"%PDF-" + bytes(600_000))
        incoming.finish()
        kinds = SealedEntry.objects.filter(compartment="evidence").values_list("kind", flat=True)
        assert list(kinds) == ["file:1"]
        sizes.add(SealedChunk.objects.count())
    assert len(sizes) == 1
    assert [file.number for file in selectors.files(visit.mailbox)] == [1]


def test_a_file_that_is_cut_off_leaves_the_one_before_and_the_one_beside(visit: Visit) -> None:
    for number in (1, 2):
        whole = upload(visit, number)
        whole.write(b"%PDF-whole")
        whole.finish()
    cut = upload(visit)
    cut.write(b"%PDF-half")
    cut.abandon()
    assert [file.number for file in selectors.files(visit.mailbox)] == [1, 2]


def test_a_removed_file_is_gone_with_all_its_pieces_and_no_other_is(visit: Visit) -> None:
    for number in (1, 2):
        whole = upload(visit, number)
        whole.write(b"%PDF-whole" + bytes(600_000 * number))
        whole.finish()
    services.remove(visit=visit, kind="file:1")
    assert [file.number for file in selectors.files(visit.mailbox)] == [2]
    assert set(SealedChunk.objects.values_list("entry__kind", flat=True)) >= {"file:2"}
    assert not SealedChunk.objects.filter(entry__kind="file:1").exists()


@pytest.mark.django_db(transaction=True)
def test_a_large_file_goes_at_once_and_its_bytes_little_by_little(harbour: Harbour, now: datetime) -> None:
    visit = begun(now)
    large = upload(visit)
    for _ in range(6):
        large.write(bytes(1_000_000))
    large.finish()
    services.remove(visit=visit, kind="file:1")
    assert selectors.files(visit.mailbox) == ()
    assert not SealedEntry.objects.filter(mailbox=None).exists()
    assert not SealedChunk.objects.filter(entry__kind="file:1").exists()


def test_what_a_stopped_process_left_of_deleting_goes_with_the_next_purge(visit: Visit) -> None:
    SealedEntry.objects.update(mailbox=None, parcel=None, ready=False)
    empty()
    assert (SealedEntry.objects.count(), SealedChunk.objects.count()) == (0, 0)


def test_a_new_part_does_not_touch_the_others(visit: Visit) -> None:
    complete(visit)
    before = set(SealedEntry.objects.values_list("kind", flat=True))
    section = next(one for one in envelopes.profile().questionnaire.sections if one.must_be_sent)
    complete(visit, "again")
    assert set(SealedEntry.objects.values_list("kind", flat=True)) == before
    assert f"section:{section.id}" in before
