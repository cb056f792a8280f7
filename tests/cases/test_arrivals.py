# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the courier brings is taken in once, whole or not at all, and is not believed beyond its seals."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.cast import PROFILE, Applicant, case_in, stage_of
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Arrival, Case
from watchword.cases.parcels import Parcel, ParcelKind, check_parcel
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.selectors import records


def test_a_person_cannot_bring_a_parcel(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    with pytest.raises(NotPermitted):
        services.open_case(
            parcel=dov.parcel("application", dov.meta()),
            actor=organisation.actor("iris"),
            now=organisation.now,
        )


def test_an_application_opens_a_case_in_the_first_stage(organisation: Organisation) -> None:
    case = Applicant(organisation).apply()
    assert stage_of(case.uid) == PROFILE.first_stage.id
    assert (case.language, case.mailbox_recipient) == ("", "")
    assert case.received.second == case.received.microsecond == 0
    events = [moment.event for moment in timeline(case.uid)]
    assert events.count(Event.CASE_OPEN) == 1
    assert events.count(Event.SUBMIT_PULL) == 1
    assert events.count(Event.SEAL_HASH) == records(case.uid).count() > 4


def test_a_parcel_that_comes_twice_changes_nothing(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    parcel = dov.parcel("application", dov.meta())
    courier = courier_actor(organisation.now)
    first = services.open_case(parcel=parcel, actor=courier, now=organisation.now)
    moments = len(timeline(dov.case))
    assert services.open_case(parcel=parcel, actor=courier, now=organisation.now).code == first.code
    assert len(timeline(dov.case)) == moments
    assert selectors.knows_parcel(parcel.uid)
    assert not selectors.knows_parcel("00" * 16)


def test_letters_and_withdrawals_that_come_twice_count_once(organisation: Organisation) -> None:
    dov, _ = case_in(organisation)
    courier = courier_actor(organisation.now)
    letter = dov.parcel("letter", dov.entry("contact", "answer", b'{"text": "I am here."}'))
    leaving = dov.parcel("withdrawal", dov.entry("routing", "withdrawal", b"{}"))
    for _ in range(2):
        services.receive_letter(parcel=letter, actor=courier, now=organisation.now)
    for _ in range(2):
        services.receive_withdrawal(parcel=leaving, actor=courier, now=organisation.now)
    assert Case.objects.get(pk=dov.case).letters.count() == 1
    events = [moment.event for moment in timeline(dov.case)]
    assert (events.count(Event.MESSAGE_RECEIVE), events.count(Event.CASE_WITHDRAW)) == (1, 1)


def test_a_second_application_for_a_case_is_refused_before_and_after_it_was_opened(
    organisation: Organisation,
) -> None:
    """A Gate that was taken over yesterday would answer for everybody who applied the day before."""
    dov, office = case_in(organisation)
    contact = PROFILE.questionnaire.contact
    thief = Applicant(organisation, case=dov.case)
    forged = (replace(thief.meta(), revision=9), replace(thief.section(contact), revision=9))
    for _ in ("before", "after"):
        with pytest.raises(WrongState):
            services.open_case(
                parcel=thief.parcel("application", *forged),
                actor=courier_actor(organisation.now),
                now=organisation.now,
            )
        office.open("iris", "routing")
        assert Case.objects.get(pk=dov.case).mailbox_recipient == str(dov.keys.mailbox.recipient)
    assert Arrival.objects.filter(case=dov.case).count() == 1


def test_a_letter_with_a_number_that_was_used_is_refused_in_words(organisation: Organisation) -> None:
    """An error of the database instead would end every round of the courier at this parcel."""
    dov, _ = case_in(organisation)
    dov.answer("I am here.")
    dov.replies = 0
    with pytest.raises(WrongState):
        dov.answer("I am somebody else.")
    assert Case.objects.get(pk=dov.case).letters.count() == 1


@pytest.mark.parametrize(
    ("kind", "compartment", "entry"),
    [
        ("application", "evidence", "section:contact"),
        ("application", "decision", "meta"),
        ("application", "story", "file:1"),
        ("application", "story", "section:made-up"),
        ("letter", "medical", "answer"),
        ("withdrawal", "story", "withdrawal"),
    ],
)
def test_a_piece_in_a_compartment_that_is_not_its_own_is_refused(
    organisation: Organisation, kind: ParcelKind, compartment: str, entry: str
) -> None:
    piece = replace(Applicant(organisation).meta(), compartment=compartment, kind=entry)
    parcel = Applicant(organisation).parcel(kind, piece)
    with pytest.raises(WrongState):
        check_parcel(parcel, kind, PROFILE)


def _broken(dov: Applicant, how: str) -> Parcel:
    meta = dov.meta()
    whole = dov.parcel("application", meta)
    return {
        "an uid that is a path": replace(whole, uid="../../../../etc/passwd"),
        "an uid in capitals": replace(whole, uid=whole.uid.upper().replace("0", "A")),
        "a case that is no case": replace(whole, case="00"),
        "nothing in it": replace(whole, entries=()),
        "far too much in it": replace(whole, entries=(meta,) * 65),
        "a compartment of its own": replace(whole, entries=(replace(meta, compartment="secret"),)),
        "a kind that is a path": replace(whole, entries=(replace(meta, kind="../meta"),)),
        "the same piece twice": replace(whole, entries=(meta, meta)),
        "a revision beyond counting": replace(whole, entries=(replace(meta, revision=2**63),)),
        "a negative revision": replace(whole, entries=(replace(meta, revision=-1),)),
        "plain words": replace(whole, entries=(replace(meta, body=b"my name is Dov"),)),
        "another kind of parcel": replace(whole, kind="letter"),
    }[how]


@pytest.mark.parametrize(
    "how",
    [
        "an uid that is a path",
        "an uid in capitals",
        "a case that is no case",
        "nothing in it",
        "far too much in it",
        "a compartment of its own",
        "a kind that is a path",
        "the same piece twice",
        "a revision beyond counting",
        "a negative revision",
        "plain words",
        "another kind of parcel",
    ],
)
def test_a_made_up_parcel_is_refused_whole(organisation: Organisation, how: str) -> None:
    parcel = _broken(Applicant(organisation), how)
    with pytest.raises(WrongState):
        services.open_case(parcel=parcel, actor=courier_actor(organisation.now), now=organisation.now)
    assert not Case.objects.exists()
    assert not Arrival.objects.exists()


def test_a_staff_kind_cannot_be_smuggled_in_by_the_gate(organisation: Organisation) -> None:
    """A taken Gate that could plant "evidence" or a "vote" would write the board's file."""
    dov = Applicant(organisation)
    for compartment, kind in [("evidence", "evidence"), ("decision", "vote"), ("contact", "sent-letter")]:
        parcel = dov.parcel("application", dov.entry(compartment, kind, b"{}"))
        with pytest.raises(WrongState):
            services.open_case(parcel=parcel, actor=courier_actor(organisation.now), now=organisation.now)


def test_a_letter_for_no_case_is_refused(organisation: Organisation) -> None:
    dov = Applicant(organisation)
    with pytest.raises(NotFound):
        dov.answer("Is anybody there?")


def test_a_large_file_comes_from_the_disk_in_pieces(organisation: Organisation, tmp_path: Path) -> None:
    dov = Applicant(organisation)
    entry = dov.entry("evidence", "file:1", bytes(1_000_000))
    assert isinstance(entry.body, bytes)
    path = tmp_path / "bag"
    path.write_bytes(entry.body)
    assert b"".join(replace(entry, body=path).chunks()) == entry.body
    assert len(list(replace(entry, body=path).chunks())) > 1


def test_a_withdrawal_ends_the_case_and_a_second_one_finds_it_ended(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    case = dov.withdraw()
    assert (case.stage, case.closed_at is not None) == (PROFILE.withdrawal.to, True)
    version = case.version
    leaving = dov.parcel("withdrawal", dov.entry("routing", "withdrawal", b"{}", revision=2))
    services.receive_withdrawal(parcel=leaving, actor=courier_actor(organisation.now), now=organisation.now)
    assert Case.objects.get(pk=dov.case).version == version
