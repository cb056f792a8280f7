# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 1 on paper: which grounds carry a refusal, and what else a proposal must say."""

import dataclasses
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.around_the_table import CANDOUR, EVIDENCE, MACHINE, PROFILE, TODAY, action, matter
from watchword.core import procedure
from watchword.core.procedure import CaseFacts, GroundLaw
from watchword.core.refusals import WrongState
from watchword.decisions import grounds, outcomes
from watchword.decisions.action import Action
from watchword.decisions.grounds import Ground

LAW = PROFILE.ground_law
ADVERSE = [outcome.id for outcome in PROFILE.decision.outcomes_at("board") if outcome.adverse]
weak = st.builds(
    Ground,
    guideline=st.sampled_from([guideline.code for guideline in LAW.guidelines]),
    source=st.sampled_from(sorted(grounds.NEVER_ALONE)),
    facts=st.just("What was found."),
    mitigation=st.just("What speaks for them."),
)
coercion = st.builds(
    Ground,
    guideline=st.just("B"),
    source=st.sampled_from([source.id for source in LAW.sources]),
    facts=st.just("Relatives live there."),
    mitigation=st.just("A plan exists."),
)


def check(proposed: Action, **facts: object) -> None:
    held = dataclasses.replace(CaseFacts(evidence=EVIDENCE), **facts)  # type: ignore[arg-type]  # the test names the fields
    stage = next((o.at_stage for o in PROFILE.decision.outcomes if o.id == proposed.outcome), "board")
    outcomes.check_proposal(proposed, matter(stage=stage, facts=held), PROFILE, TODAY)


@given(st.lists(weak | coercion, max_size=6), st.sampled_from(ADVERSE))
@settings(max_examples=60, deadline=None)
def test_no_heap_of_weak_grounds_carries_a_refusal(heap: list[Ground], outcome: str) -> None:
    with pytest.raises(WrongState, match="stands by itself"):
        check(dataclasses.replace(action(outcome=outcome), grounds=tuple(heap)))


@given(st.lists(weak | coercion, max_size=4))
@settings(max_examples=30, deadline=None)
def test_one_independent_ground_carries_a_refusal_whatever_stands_beside_it(heap: list[Ground]) -> None:
    check(dataclasses.replace(action(), grounds=(*heap, CANDOUR)))


def test_a_profile_that_calls_the_polygraph_strong_is_not_believed() -> None:
    believing = GroundLaw(
        LAW.guidelines, tuple(dataclasses.replace(source, never_alone=False) for source in LAW.sources)
    )
    in_codes = procedure.Ground(MACHINE.guideline, MACHINE.source)
    assert believing.independent([in_codes]) == 1, "the profile alone would let it pass"
    assert grounds.independent([MACHINE], believing) == 0
    with pytest.raises(WrongState):
        grounds.check_refusal_stands([MACHINE], believing)


def test_an_outcome_that_nobody_thought_of_is_a_refusal() -> None:
    gentle = dataclasses.replace(PROFILE.outcome("refuse"), id="invite-to-leave", adverse=False)
    assert outcomes.is_refusal(gentle)
    decision = dataclasses.replace(PROFILE.decision, outcomes=(gentle,))
    renamed = dataclasses.replace(PROFILE, decision=decision)
    with pytest.raises(WrongState, match="stands by itself"):
        outcomes.check_proposal(action(MACHINE, outcome="invite-to-leave"), matter(), renamed, TODAY)


def test_the_kinder_outcomes_of_the_profile_are_not_refusals_and_all_others_are() -> None:
    for outcome in PROFILE.decision.outcomes:
        assert outcomes.is_refusal(outcome) is outcome.adverse, outcome.id


def test_acceptance_needs_no_ground() -> None:
    check(dataclasses.replace(action(outcome="accept"), grounds=()))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"guideline": "Z"}, "guideline"),
        ({"source": "rumour"}, "source"),
        ({"facts": " \t\n"}, "no facts"),
        ({"mitigation": ""}, "mitigation"),
    ],
)
def test_a_ground_that_says_too_little_is_refused_by_its_number(
    change: dict[str, str], sentence: str
) -> None:
    with pytest.raises(WrongState, match=f"Ground 2 .*{sentence}"):
        check(action(CANDOUR, dataclasses.replace(CANDOUR, **change)))


def test_empty_facts_do_not_count_as_a_ground() -> None:
    assert grounds.independent([dataclasses.replace(CANDOUR, facts="  ")], LAW) == 0


def test_an_interview_that_nobody_recorded_is_no_ground() -> None:
    with pytest.raises(WrongState, match="Ground 1 rests on evidence"):
        check(action(), evidence={"polygraph": ("pola",)})


def test_an_interview_held_by_somebody_with_a_tie_is_no_ground() -> None:
    tied = matter(ties=frozenset({"ada", "hugo"}))
    with pytest.raises(WrongState, match="Ground 1 rests on evidence"):
        outcomes.check_proposal(action(), tied, PROFILE, TODAY)


def test_the_applicant_is_always_given_reasons() -> None:
    with pytest.raises(WrongState, match="applicant will read"):
        check(action(outcome="accept", open_reasons="  "))


def test_an_outcome_of_another_stage_cannot_be_proposed() -> None:
    with pytest.raises(WrongState, match="in this stage"):
        outcomes.check_proposal(action(outcome="confirm-refusal"), matter(), PROFILE, TODAY)


def test_a_refusal_is_confirmed_only_after_the_reply_or_the_end_of_its_clock() -> None:
    told = frozenset({"statement-of-reasons"})
    confirm = action(outcome="confirm-refusal")
    with pytest.raises(WrongState, match="for 1 day"):
        check(confirm, letters=told, days_in_stage=29)
    check(confirm, letters=told, days_in_stage=30)
    check(confirm, letters=told, replied=True)


def test_a_refusal_is_never_confirmed_without_the_statement_of_reasons() -> None:
    with pytest.raises(WrongState, match="has not been sent"):
        check(action(outcome="confirm-refusal"), days_in_stage=60)


@pytest.mark.parametrize("days", [None, -1, 0])
@pytest.mark.parametrize("outcome", ["defer", "accept-with-conditions"])
def test_what_is_left_open_has_a_day_in_the_future(outcome: str, days: int | None) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    with pytest.raises(WrongState, match="day in the future"):
        check(action(outcome=outcome, conditions="No photographs.", until=until))


def test_nobody_is_deferred_for_longer_than_ninety_days() -> None:
    check(action(outcome="defer", until=TODAY + timedelta(days=90)))
    with pytest.raises(WrongState, match="90 days"):
        check(action(outcome="defer", until=TODAY + timedelta(days=91)))


def test_conditions_are_written_down() -> None:
    with pytest.raises(WrongState, match="Write the conditions"):
        check(action(outcome="accept-with-conditions", until=TODAY + timedelta(days=30)))
