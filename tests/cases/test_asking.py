# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Desk asks who somebody is once, in a signed letter; what nobody asked for is not taken in."""

from dataclasses import replace

import pytest

from tests.cast import ASKED_FIRST, PROFILE, Applicant, case_in, lodge_identity, stage_of
from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases import selectors, services
from watchword.cases.models import Case, Outgoing
from watchword.cases.parcels import check_parcel
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline
from watchword.vault.opening import open_record
from watchword.vault.selectors import records

RECEIVED = tuple(sorted((*ASKED_FIRST, "identity")))
EVERYTHING = tuple(sorted((*RECEIVED, "relatives", "skills")))


@pytest.mark.parametrize("stage", ["prescreen", "questionnaire"])
def test_a_name_that_nobody_asked_for_is_left_at_the_gate(organisation: Organisation, stage: str) -> None:
    """A Gate in hostile hands that asks early gets nothing of it into the case."""
    dov, _ = case_in(organisation, stage)
    moments = len(timeline(dov.case))
    with pytest.raises(WrongState, match="Nobody asked"):
        dov.lodge()
    assert not records(dov.case, "identity").exists()
    assert len(timeline(dov.case)) == moments


def test_a_name_does_not_come_with_an_application_nor_another_part_after_it(
    organisation: Organisation,
) -> None:
    dov = Applicant(organisation)
    name = dov.section(PROFILE.questionnaire.section("polygraph"))
    story = dov.section(PROFILE.questionnaire.section("motivation"))
    for parcel in (
        dov.parcel("application", dov.meta(), name),
        dov.parcel("section", replace(story, compartment="identity")),
        dov.parcel("section", replace(name, compartment="story")),
        dov.parcel("section", name, replace(name, revision=2)),
        dov.parcel("section", dov.meta()),
    ):
        with pytest.raises(WrongState):
            check_parcel(parcel, parcel.kind, PROFILE)


def test_nobody_but_the_courier_brings_a_name(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    parcel = dov.parcel("section", *dov.parts(PROFILE.questionnaire.section("identity")))
    with pytest.raises(NotPermitted):
        services.receive_section(parcel=parcel, actor=organisation.actor("sofia"), now=organisation.now)


def test_nobody_opens_a_name_the_keeper_and_screening_neither(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "interviews")
    for who in ("iris", "ada", "hugo", "sofia", "ben", "mira", "pola", "petro", "aud", "halyna"):
        for compartment in ("identity", "birth", "passport"):
            with pytest.raises((NotPermitted, NotFound)):
                office.open(who, compartment)
            body = records(dov.case, compartment).get()
            with pytest.raises((NotPermitted, NotFound)):
                open_record(body.uid, actor=organisation.actor(who), purpose="check", now=organisation.now)
    opened = [one for one in timeline(dov.case) if one.event is Event.COMPARTMENT_OPEN]
    assert not {"identity", "birth", "passport"} & {one.payload["compartment"] for one in opened}


def test_screening_opens_nothing_of_what_an_applicant_sent(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    for compartment in sorted(set(PROFILE.compartments) - {"screening", "releases"}):
        with pytest.raises(NotPermitted):
            office.open("sofia", compartment)


def test_screening_takes_no_step_and_writes_no_letter(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    for attempt in (
        lambda: office.move("sofia", "recheck"),
        lambda: office.write("sofia", "message", message="Where are you?"),
        lambda: office.record("sofia", "interview"),
        lambda: office.keep("sofia"),
    ):
        with pytest.raises(Refused):
            attempt()


def test_the_letter_that_asks_is_sent_once_and_no_letter_before_it_asks(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "questionnaire")
    office.move("iris", "complete")
    office.keep("ada")
    asking = [letter for letter in dov.mailbox() if "identity" in letter.asks]
    assert [(letter.kind, letter.stage) for letter in asking] == [
        ("identity-asked", "checks"),
        ("status", "checks"),
    ]
    assert {letter.asks for letter in asking} == {EVERYTHING}
    before = [letter.number for letter in dov.mailbox() if "identity" not in letter.asks]
    assert asking[0].number > max(before)


def test_a_case_that_comes_back_to_the_stage_is_not_asked_again(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "interviews")
    office.move("ada", "recheck")
    assert [letter.kind for letter in dov.mailbox()].count("identity-asked") == 1
    assert (dov.mailbox()[-1].asks, dov.mailbox()[-1].received) == (EVERYTHING, RECEIVED)


def test_the_case_waits_for_the_name_and_goes_on_when_it_is_here(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "checks")
    office.keep("ada")
    office.open("ada", "story")
    for _ in range(2):
        office.record("ada", "check")
    office.record("sofia", "screening")
    with pytest.raises(WrongState, match="was asked for “Who you are” and has not sent it"):
        office.move("ada", "interview")
    lodge_identity(organisation, dov.case)
    office.move("ada", "interview")
    assert stage_of(dov.case) == "interviews"


def test_the_mailbox_hears_that_the_name_has_arrived(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    dov.lodge()
    newest = dov.mailbox()[-1]
    assert (newest.asks, newest.received) == (EVERYTHING, RECEIVED)


def test_a_correction_is_kept_beside_what_it_corrects(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    dov.lodge(7, surname="Берегoвий")
    dov.lodge(9)
    assert records(dov.case, "identity").count() == 2
    page = selectors.case_page(
        Case.objects.get(pk=dov.case).code, viewer=organisation.actor("ada"), now=organisation.now
    )
    told = [str(row.what) for row in page.timeline if not row.who]
    assert told.count("The applicant sent what was asked for") == 1 + len(ASKED_FIRST)
    assert told.count("The applicant corrected an answer") == 1


def test_what_comes_twice_counts_once(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    parcel = dov.parcel("section", *dov.parts(PROFILE.questionnaire.section("identity")))
    for _ in range(2):
        services.receive_section(parcel=parcel, actor=courier_actor(organisation.now), now=organisation.now)
    assert records(dov.case, "identity").count() == 1


def test_a_case_that_has_ended_asks_for_nothing_more(organisation: Organisation) -> None:
    dov, _ = case_in(organisation, "checks")
    dov.withdraw()
    assert dov.mailbox()[-1].asks == ()
    assert Outgoing.objects.filter(case=dov.case).count() == dov.mailbox()[-1].number
