# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a case can do next in the legion profile, who may do it, and that nobody is ever stuck."""

from datetime import date

import pytest

from tests.core.procedure.written import legion, read
from watchword.core.procedure import APPLICANT, CaseFacts, Profile, check_may_take, check_role, unmet
from watchword.core.refusals import NotPermitted, WrongState


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read(legion())


def facts(profile: Profile, **more: object) -> CaseFacts:
    """Facts of a case on which everything was done that can be done."""
    everything: dict[str, object] = {
        "opened": frozenset(profile.compartments),
        "letters": frozenset(profile.letters),
        "sections": frozenset(section.id for section in profile.questionnaire.every_section),
        "evidence": {kind.id: ("ada", "ben", "eva") for kind in profile.evidence_kinds},
        "replied": True,
        "days_in_stage": 1_000,
        "days_silent": 1_000,
    }
    return CaseFacts(**(everything | more))  # type: ignore[arg-type]  # the test names the fields


def test_a_role_that_does_not_hold_the_exit_is_refused_even_when_all_is_done(profile: Profile) -> None:
    way = profile.stage("prescreen").exit("continue")
    for role in profile.roles:
        if role.id != "intake":
            with pytest.raises(NotPermitted, match="belongs to another role"):
                check_may_take(way, {role.id}, facts(profile))
    check_may_take(way, {"intake"}, facts(profile))


def test_nobody_without_a_role_takes_any_exit(profile: Profile) -> None:
    for stage in profile.stages:
        for way in stage.exits:
            with pytest.raises(NotPermitted):
                check_role(way, frozenset())


def test_the_right_role_is_refused_while_something_is_in_the_way(profile: Profile) -> None:
    with pytest.raises(WrongState, match="Nobody has opened"):
        check_may_take(profile.stage("prescreen").exit("continue"), {"intake"}, CaseFacts())


def test_an_exit_of_another_stage_is_refused_by_name(profile: Profile) -> None:
    with pytest.raises(WrongState, match="“Pre-screening”"):
        profile.stage("prescreen").exit("accept")


def test_the_staff_cannot_withdraw_for_an_applicant(profile: Profile) -> None:
    every_role = {role.id for role in profile.roles}
    for stage in profile.stages:
        for way in stage.exits:
            if way.action == "withdraw":
                with pytest.raises(NotPermitted):
                    check_role(way, every_role)


def test_the_applicant_can_leave_every_stage_that_is_not_an_end_at_once(profile: Profile) -> None:
    for stage in profile.stages:
        ways = [way for way in stage.exits if way.action == "withdraw"]
        assert len(ways) == (0 if stage.final else 1), stage.id
        for way in ways:
            check_may_take(way, {APPLICANT}, CaseFacts(open_questions=3))


@pytest.mark.parametrize("stage", ["board", "refusal-intended"])
def test_no_end_of_a_decision_is_reached_without_a_countersigned_proposal_of_just_that(
    profile: Profile, stage: str
) -> None:
    for outcome in profile.decision.outcomes_at(stage):
        way = profile.stage(stage).exit(outcome.id)
        assert way.to == outcome.to_stage
        others = {one.id for one in profile.decision.outcomes} - {outcome.id}
        for wrong in (None, *others):
            assert len(unmet(way, facts(profile, countersigned=wrong))) == 1
        check_may_take(way, profile.decision.countersign_roles, facts(profile, countersigned=outcome.id))


def test_a_refusal_waits_for_the_reply_or_for_its_days(profile: Profile) -> None:
    way = profile.stage("refusal-intended").exit("confirm-refusal")
    early = facts(profile, countersigned="confirm-refusal", replied=False, days_in_stage=29)
    assert [str(reason) for reason in unmet(way, early)] == [
        "The applicant has not replied and may still do so for 1 day."
    ]


def test_a_case_goes_the_whole_way_step_by_step_and_never_faster(profile: Profile) -> None:
    way_to_the_board = {
        "prescreen": ("continue", "intake"),
        "questionnaire": ("complete", "intake"),
        "checks": ("interview", "vetting"),
        "interviews": ("medical", "vetting"),
        "medical": ("polygraph", "vetting"),
        "polygraph": ("read", "vetting"),
        "reading": ("board", "vetting"),
    }
    here = profile.first_stage
    passed = []
    while here.id in way_to_the_board:
        action, role = way_to_the_board[here.id]
        assert unmet(here.exit(action), CaseFacts(open_questions=1)) != (), "nobody passes without work"
        check_may_take(here.exit(action), {role}, facts(profile))
        passed.append(here.id)
        here = profile.stage(here.exit(action).to)
    assert here.id == "board"
    assert passed == list(way_to_the_board)


def test_what_can_follow_is_listed_in_the_order_of_the_procedure(profile: Profile) -> None:
    following = [stage.id for stage in profile.next_stages("prescreen")]
    assert following == ["held", "questionnaire", "redirected", "withdrawn", "closed"]
    assert profile.next_stages("closed") == ()


def test_the_clock_of_a_stage_runs_out_on_a_day(profile: Profile) -> None:
    assert profile.stage("prescreen").deadline(date(2026, 11, 29)) == date(2026, 12, 2)
    assert profile.stage("closed").deadline(date(2026, 11, 29)) is None
