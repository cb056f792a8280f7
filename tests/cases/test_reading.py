# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening: recorded first, for the right role only, and what is learnt from it cannot be turned later."""

from dataclasses import replace
from typing import Any

import pytest

from tests.cast import FILE, PROFILE, STORY, Applicant, case_in
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Case, Outgoing
from watchword.cases.parcels import ParcelEntry
from watchword.cases.selectors.pieces import pieces_of
from watchword.cases.services.reading import OpenedFile
from watchword.core.procedure.sealed_files import encode_head
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.intake import envelopes
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.trust import installed


def test_the_story_is_read_by_vetting_and_the_opening_stands_in_the_ledger(
    organisation: Organisation,
) -> None:
    _, office = case_in(organisation, "checks")
    opened = office.open("ada", "story")
    assert STORY in {line.answer for piece in opened.pieces for line in piece.lines}
    moment = timeline(office.case)[-1]
    assert (moment.event, moment.payload["compartment"]) == (Event.COMPARTMENT_OPEN, "story")
    assert moment.index is not None


@pytest.mark.parametrize(("who", "compartment"), [("iris", "story"), ("ada", "routing"), ("pola", "story")])
def test_the_wrong_role_opens_nothing_and_leaves_no_trace_of_an_opening(
    organisation: Organisation, who: str, compartment: str
) -> None:
    _, office = case_in(organisation, "polygraph" if who == "pola" else "questionnaire")
    before = len(timeline(office.case))
    with pytest.raises(NotPermitted):
        office.open(who, compartment)
    assert len(timeline(office.case)) == before


def test_a_stranger_opens_nothing(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    with pytest.raises(NotFound):
        office.open("cleo", "story")


def test_an_empty_compartment_is_said_to_be_empty(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    with pytest.raises(WrongState, match="nothing in this compartment"):
        office.open("ada", "decision")
    with pytest.raises(NotFound):
        office.open("ada", "no-such-compartment")


def test_triage_learns_where_to_answer(organisation: Organisation) -> None:
    dov, office = case_in(organisation, danger="yes", language="ru")
    office.open("iris", "routing")
    case = Case.objects.get(pk=dov.case)
    assert (case.language, case.mailbox_recipient) == ("ru", str(dov.keys.mailbox.recipient))
    assert case.danger_declared
    learnt = [moment.payload for moment in timeline(dov.case) if moment.event is Event.CASE_ADDRESS]
    assert {"danger": True} in learnt
    assert not any(case.mailbox_recipient in str(payload) for payload in learnt)


def test_opening_twice_tells_the_mailbox_once(organisation: Organisation) -> None:
    dov, office = case_in(organisation)
    office.open("iris", "routing")
    office.open("iris", "routing")
    assert len(dov.mailbox()) == 1


def _send(dov: Applicant, entry: ParcelEntry, organisation: Organisation) -> None:
    services.open_case(
        parcel=dov.parcel("application", entry), actor=courier_actor(organisation.now), now=organisation.now
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"mailbox": "age1nonsense"},
        {"mailbox": str(Identity.from_seed(bytes(32)).recipient)},
        {"case": "00" * 16},
        {"mailbox": None},
        {"mailbox": 5},
    ],
)
def test_routing_that_is_not_in_order_gives_no_address(
    organisation: Organisation, changed: dict[str, Any]
) -> None:
    dov = Applicant(organisation)
    _send(dov, dov.meta(**changed), organisation)
    opened = services.open_compartment(
        case_uid=dov.case,
        compartment="routing",
        actor=organisation.actor("iris"),
        purpose="case-work",
        now=organisation.now,
    )
    assert opened.pieces[0].fault is not None
    assert Case.objects.get(pk=dov.case).mailbox_recipient == ""
    assert not Outgoing.objects.exists()


def test_routing_nested_without_end_does_not_hide_the_first_answers(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    deep = dov.entry("routing", "meta", b"[" * 100_000)
    contact = dov.section(PROFILE.questionnaire.contact)
    now = organisation.now
    services.open_case(parcel=dov.parcel("application", deep, contact), actor=courier_actor(now), now=now)
    opened = services.open_compartment(
        case_uid=dov.case,
        compartment="routing",
        actor=organisation.actor("iris"),
        purpose="case-work",
        now=now,
    )
    assert sorted(piece.fault is None for piece in opened.pieces) == [False, True]


def test_one_damaged_piece_does_not_hide_the_others(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    contact = PROFILE.questionnaire.contact
    garbled = dov.entry("routing", "section:prescreen", b"not answers")
    services.open_case(
        parcel=dov.parcel("application", dov.meta(), dov.section(contact), garbled),
        actor=courier_actor(organisation.now),
        now=organisation.now,
    )
    opened = services.open_compartment(
        case_uid=dov.case,
        compartment="routing",
        actor=organisation.actor("iris"),
        purpose="case-work",
        now=organisation.now,
    )
    faults = [piece.fault is not None for piece in opened.pieces]
    assert sorted(faults) == [False, False, True]


def test_a_section_under_the_name_of_another_is_not_shown_as_it(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    contact = dov.section(PROFILE.questionnaire.contact)
    swapped = replace(contact, kind="section:prescreen")
    _send(dov, swapped, organisation)
    opened = services.open_compartment(
        case_uid=dov.case,
        compartment="routing",
        actor=organisation.actor("iris"),
        purpose="case-work",
        now=organisation.now,
    )
    assert "another part" in str(opened.pieces[0].fault)


def test_the_attached_file_comes_out_as_it_went_in_and_is_recorded_first(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    (file,) = [piece for piece in pieces_of(Case.objects.get(pk=office.case)) if piece.is_file]
    opened = _opened(office.case, file.uid, "ada", organisation)
    assert timeline(office.case)[-1].payload["purpose"] == "file"
    assert (opened.name, b"".join(opened.pieces)) == ("school.pdf", FILE)


def test_a_file_is_named_after_what_it_is_and_never_after_what_it_says(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    nameless = b"\xff\xd8\xff no line ends here" * 500
    for sealed, name, content in (
        (b'{"name":"a\xe2\x80\xaefdp.exe"}\n%PDF-1.7', "a_fdp.pdf", b"%PDF-1.7"),
        (nameless, "file.jpg", nameless),
    ):
        opened = _opened(dov.case, _writes_with(dov, sealed), "ada", organisation)
        assert (opened.name, b"".join(opened.pieces)) == (name, content)


def test_the_files_of_later_letters_take_no_place_of_earlier_ones(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    for _ in range(2):
        _writes_with(dov, encode_head("again.pdf") + FILE)
    assert len([piece for piece in pieces_of(Case.objects.get(pk=dov.case)) if piece.is_file]) == 3


def _writes_with(dov: Applicant, file: bytes) -> str:
    """A letter with one file, brought by the courier; the name of the file's record."""
    dov.replies += 2
    place, now = PROFILE.stage("checks").replies_to, dov.organisation.now
    words = envelopes.fields(text="Here it is.", language="en", reply_to=0)
    answer = dov.entry(place, "answer", words, 100 + dov.replies)
    parcel = dov.parcel("letter", answer, dov.entry(place, "file:1", file, 101 + dov.replies))
    services.receive_letter(parcel=parcel, actor=courier_actor(now), now=now)
    files = [piece for piece in pieces_of(Case.objects.get(pk=dov.case)) if piece.is_file]
    return max(files, key=lambda piece: piece.revision).uid


def test_no_other_record_is_handed_out_as_a_file(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    other, _ = case_in(organisation, "checks")
    for piece in pieces_of(Case.objects.get(pk=office.case)):
        if not piece.is_file:
            with pytest.raises(NotFound):
                _opened(office.case, piece.uid, "ada", organisation)
        with pytest.raises(NotFound):
            _opened(other.case, piece.uid, "ada", organisation)


def _opened(case: str, record: str, who: str, organisation: Organisation) -> OpenedFile:
    return services.open_file(
        case_uid=case, record_uid=record, actor=organisation.actor(who), now=organisation.now
    )


def test_openings_of_one_visit_count_once(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.open("ada", "story")
    office.open("hugo", "story")
    code = Case.objects.get(pk=office.case).code
    page = selectors.case_page(code, viewer=organisation.actor("ada"), now=organisation.now)
    (story,) = [row for row in page.compartments if row.id == "story"]
    assert story.opened is not None
    assert (story.opened.times, set(story.opened.people)) == (2, {"Ada", "Hugo"})


def test_what_was_sealed_by_hand_is_shown_with_a_warning_and_nothing_else_does_without_a_frame(
    organisation: Organisation,
) -> None:
    dov = Applicant(organisation)
    readers = installed.current().recipients(PROFILE.compartment("routing").readers)
    words = seal("Я пишу <b>сам</b>. \ud83d".encode("utf-8", "replace"), readers)
    by_hand = ParcelEntry("routing", "by-hand", 90, words)
    unframed = ParcelEntry("routing", "section:prescreen", 91, words)
    now = organisation.now
    parcel = dov.parcel("application", dov.meta(), by_hand, unframed)
    services.open_case(parcel=parcel, actor=courier_actor(now), now=now)
    iris = organisation.actor("iris")
    opened = services.open_compartment(
        case_uid=dov.case, compartment="routing", actor=iris, purpose="case-work", now=now
    )
    pieces = {piece.piece.kind: piece for piece in opened.pieces}
    assert pieces["by-hand"].warning is not None
    assert pieces["by-hand"].lines[0].answer.startswith("Я пишу <b>сам</b>.")
    assert pieces["section:prescreen"].fault is not None
    assert pieces["meta"].warning is None
