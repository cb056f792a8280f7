# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written anew takes the place of what was there; nobody fills a Gate with one draft."""

from tests.intake.draft import complete
from watchword.intake import envelopes, selectors
from watchword.intake.models import SealedChunk, SealedEntry
from watchword.intake.services import IncomingFile, Visit


def test_a_part_that_is_sealed_again_and_again_takes_the_room_of_one(visit: Visit) -> None:
    complete(visit, "first words")
    rows, chunks = SealedEntry.objects.count(), SealedChunk.objects.count()
    for number in range(5):
        complete(visit, f"other words {number}")
    assert (SealedEntry.objects.count(), SealedChunk.objects.count()) == (rows, chunks)


def test_a_file_that_is_sent_again_and_again_takes_the_room_of_one(visit: Visit) -> None:
    sizes = set()
    for _ in range(4):
        incoming = IncomingFile(visit=visit, compartment="evidence", name="school.pdf")
        incoming.write(b"%PDF-" + bytes(600_000))
        incoming.finish()
        kinds = SealedEntry.objects.filter(compartment="evidence").values_list("kind", flat=True)
        assert sorted(kinds) == ["attachment", "attachment-name"]
        sizes.add(SealedChunk.objects.count())
    assert len(sizes) == 1
    assert selectors.has_attachment(visit.mailbox)


def test_a_file_that_is_cut_off_leaves_the_one_before(visit: Visit) -> None:
    whole = IncomingFile(visit=visit, compartment="evidence", name="school.pdf")
    whole.write(b"%PDF-whole")
    whole.finish()
    cut = IncomingFile(visit=visit, compartment="evidence", name="other.pdf")
    cut.write(b"%PDF-half")
    cut.abandon()
    assert selectors.has_attachment(visit.mailbox)


def test_a_new_part_does_not_touch_the_others(visit: Visit) -> None:
    complete(visit)
    before = set(SealedEntry.objects.values_list("kind", flat=True))
    section = next(one for one in envelopes.profile().questionnaire.sections if one.must_be_sent)
    complete(visit, "again")
    assert set(SealedEntry.objects.values_list("kind", flat=True)) == before
    assert f"section:{section.id}" in before
