# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stages: moved by the right person, when nothing is missing, by what was seen, and never silently."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import ASKED_FIRST, PROFILE, case_in, stage_of
from tests.organisation import Organisation
from watchword.accounts.rules import Actor
from watchword.cases import selectors, services
from watchword.cases.models import Case
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.journal.events import Event
from watchword.journal.selectors import timeline


def test_a_new_case_waits_for_everything_that_its_exit_needs(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    with pytest.raises(WrongState, match="Nobody has opened"):
        office.move("iris", "continue")
    office.open("iris", "routing")
    with pytest.raises(WrongState, match="letter"):
        office.move("iris", "continue")
    office.write("iris", "countersign")
    office.move("iris", "continue")
    assert stage_of(office.case) == "questionnaire"


def test_a_kept_case_waits_for_its_evidence(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    office.open("ada", "story")
    office.record("ada", "check")
    with pytest.raises(WrongState, match="Still to be recorded"):
        office.move("ada", "interview")


def test_a_page_that_is_out_of_date_moves_nothing(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    seen = Case.objects.get(pk=office.case).version
    office.keep("ada")
    with pytest.raises(WrongState, match="while you were looking"):
        office.move("ada", "interview", version=seen)


def test_a_second_click_finds_the_case_moved_already(organisation: Organisation) -> None:
    _, office = case_in(organisation, "questionnaire")
    seen = Case.objects.get(pk=office.case).version
    office.move("iris", "complete", version=seen)
    with pytest.raises((WrongState, NotFound)):
        office.move("iris", "complete", version=seen)


def test_an_exit_of_another_stage_is_no_way_out(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    with pytest.raises(WrongState, match="cannot be done in the stage"):
        office.move("ada", "board")


@pytest.mark.parametrize("action", ["accept", "refuse", "defer"])
def test_no_decision_is_taken_by_a_button(organisation: Organisation, action: str) -> None:
    _, office = case_in(organisation, "board")
    with pytest.raises(WrongState, match="countersigned"):
        office.move("eva", action)
    with pytest.raises(NotPermitted):
        office.move("ada", action)


def test_nobody_at_the_desk_withdraws_for_the_applicant(organisation: Organisation) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    with pytest.raises(NotPermitted):
        office.move("ada", PROFILE.withdrawal.action)


def test_two_interviews_by_one_person_are_one_opinion(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    office.record("ada", "interview")
    office.record("ada", "interview")
    with pytest.raises(WrongState, match="different people"):
        office.move("ada", "medical")


def test_what_a_recused_person_recorded_counts_no_longer(organisation: Organisation) -> None:
    _, office = case_in(organisation, "interviews")
    office.ask("ada", "hugo")
    office.record("ada", "interview")
    office.record("hugo", "interview")
    office.tie("hugo")
    with pytest.raises(WrongState, match="different people"):
        office.move("ada", "medical")


def test_an_open_question_keeps_the_case_where_it_is(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "interviews")
    office.ask("ada", "hugo")
    office.record("ada", "interview")
    office.record("hugo", "interview")
    office.write("ada", "question", question="Where were you in 2019?")
    with pytest.raises(WrongState, match="not answered"):
        office.move("ada", "medical")
    dov.answer("At my aunt's.")
    office.move("ada", "medical")


def test_every_step_is_told_to_the_mailbox_and_the_ledger(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "questionnaire")
    told = [letter.stage for letter in dov.mailbox() if letter.kind == "status"]
    # Once more for each of the parts that were asked for and have arrived.
    assert told == ["prescreen", *("questionnaire",) * (1 + len(ASKED_FIRST))]
    (moved,) = [moment for moment in timeline(office.case) if moment.event is Event.CASE_STAGE]
    assert moved.payload == {"from": "prescreen", "to": "questionnaire", "action": "continue"}
    assert moved.actor == organisation.staff["iris"].uid


def test_an_outcome_is_carried_out_with_its_letter(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "board")
    case = _outcome(
        office.case, "accept", organisation.actor("ben"), organisation, reasons="Ви переконали нас."
    )
    assert (case.stage, case.closed_at is not None) == ("accepted", True)
    *_, letter, status = dov.mailbox()
    assert "Ви переконали нас." in letter.text
    assert status.stage == "accepted"


def _outcome(
    case: str, outcome: str, actor: Actor, organisation: Organisation, days: int = 0, **filled: str
) -> Case:
    return services.apply_outcome(
        case_uid=case,
        outcome=outcome,
        filled=filled,
        actor=actor,
        now=organisation.now + timedelta(days=days),
    )


def _intend_to_refuse(case: str, organisation: Organisation) -> None:
    services.apply_outcome(
        case_uid=case,
        outcome="refuse",
        filled={"reasons": "Two accounts differ.", "days": "30"},
        actor=organisation.actor("ben"),
        now=organisation.now,
    )


def test_an_outcome_needs_somebody_who_may_countersign_and_the_right_stage(
    organisation: Organisation,
) -> None:
    _, office = case_in(organisation, "board")
    with pytest.raises(NotPermitted):
        _outcome(office.case, "accept", organisation.actor("ada"), organisation, reasons="Yes.")
    with pytest.raises(WrongState):
        _outcome(office.case, "confirm-refusal", organisation.actor("ben"), organisation, reasons="No.")


def test_a_refusal_waits_for_the_reply_or_for_thirty_days(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "board")
    ben = organisation.actor("ben")
    _intend_to_refuse(office.case, organisation)
    with pytest.raises(WrongState, match="may still do so"):
        _outcome(office.case, "confirm-refusal", ben, organisation, days=29, reasons="No.")
    dov.answer("I mixed up two summers.", compartment="decision")
    assert selectors.case_facts(Case.objects.get(pk=office.case), now=organisation.now).replied
    services.apply_outcome(
        case_uid=office.case,
        outcome="confirm-refusal",
        filled={"reasons": "No.", "days": "28"},
        actor=ben,
        now=organisation.now,
    )
    assert stage_of(office.case) == "appealable"


def test_a_letter_of_an_earlier_stage_is_no_reply(organisation: Organisation) -> None:
    """Also when both happened within the same minute."""
    dov, office = case_in(organisation, "board")
    dov.answer("I hope you are well.")
    _intend_to_refuse(office.case, organisation)
    assert not selectors.case_facts(Case.objects.get(pk=office.case), now=organisation.now).replied


def test_a_case_keeps_the_procedure_that_it_started_under(organisation: Organisation) -> None:
    _, office = case_in(organisation)
    Case.objects.filter(pk=office.case).update(profile_version=9)
    with pytest.raises(NotFound, match="no version 9"):
        selectors.find_by_uid(office.case, viewer=organisation.actor("iris"))


@pytest.mark.parametrize("wrong", [{"stage": ""}, {"version": 0}])
def test_the_database_itself_refuses_a_case_without_a_stage(
    organisation: Organisation, wrong: dict[str, object]
) -> None:
    _, office = case_in(organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=office.case).update(**wrong)
