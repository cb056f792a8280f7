# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may propose, vote, see votes, countersign, return and withdraw, and what the others are told."""

import dataclasses
from collections.abc import Callable

import pytest

from tests.decisions.around_the_table import ADA, BEN, CLEO, EVA, FINN, GITA, PROFILE, matter, proposal
from watchword.accounts.rules import Actor
from watchword.core.procedure import CaseFacts
from watchword.core.refusals import NotPermitted, WrongState
from watchword.decisions import rules
from watchword.decisions.action import Ballot, Choice
from watchword.decisions.rules import State

ALL_VOTED = proposal(state=State.VOTED, voters=frozenset({"eva", "finn", "gita"}))
POLA = Actor("pola", "Pola", frozenset({"examiner", "board"}))
MIRA = Actor("mira", "Mira", frozenset({"medical", "board"}))


def ballot(voter: str, choice: Choice = Choice.AGREE, action: str = "00" * 32) -> Ballot:
    return Ballot(action, voter, choice, "I read it.", "")


def three(*choices: Choice) -> list[Ballot]:
    return [ballot(voter, choice) for voter, choice in zip(("eva", "finn", "gita"), choices, strict=True)]


def propose(actor: Actor, pending: State | None = None) -> None:
    rules.check_may_propose(actor, matter(), PROFILE, pending)


def test_the_keeper_may_propose() -> None:
    propose(ADA)


def test_vetting_staff_who_do_not_keep_the_case_may_not_propose() -> None:
    with pytest.raises(NotPermitted, match="keeper"):
        propose(Actor("hugo", "Hugo", frozenset({"vetting"})))


def test_a_board_member_proposes_only_where_the_profile_lets_the_board_propose() -> None:
    with pytest.raises(NotPermitted, match="another role"):
        propose(EVA)
    decision = dataclasses.replace(PROFILE.decision, propose_roles=frozenset({"vetting", "board"}))
    open_board = dataclasses.replace(PROFILE, decision=decision)
    rules.check_may_propose(EVA, matter(), open_board, None)


def test_intake_may_not_propose() -> None:
    with pytest.raises(NotPermitted):
        propose(CLEO)


def test_nothing_is_proposed_before_the_board_stage() -> None:
    with pytest.raises(WrongState, match="nothing to decide"):
        rules.check_may_propose(ADA, matter(stage="interviews"), PROFILE, None)


def test_a_second_proposal_waits_for_the_first() -> None:
    with pytest.raises(WrongState, match="already"):
        propose(ADA, pending=State.OPEN)


def test_a_board_member_may_vote() -> None:
    rules.check_may_vote(EVA, matter(), proposal(), PROFILE)


@pytest.mark.parametrize(
    ("actor", "by", "sentence"),
    [
        (EVA, "eva", "You proposed"),
        (ADA, "ada", "does not allow"),
        (POLA, "ada", "Polygraph"),
        (MIRA, "ada", "Medical"),
    ],
)
def test_no_vote_from_the_proposer_the_examiner_the_doctor_or_another_role(
    actor: Actor, by: str, sentence: str
) -> None:
    with pytest.raises(NotPermitted, match=sentence):
        rules.check_may_vote(actor, matter(), proposal(by=by), PROFILE)


def test_a_keeper_who_also_sits_on_the_board_neither_votes_nor_countersigns() -> None:
    both = Actor("ada", "Ada", frozenset({"vetting", "board"}))
    nothing_recorded = matter(facts=CaseFacts())
    with pytest.raises(NotPermitted, match="You keep this case"):
        rules.check_may_vote(both, nothing_recorded, proposal(by="finn"), PROFILE)
    with pytest.raises(NotPermitted, match="You keep this case"):
        rules.check_may_second(
            both, nothing_recorded, dataclasses.replace(ALL_VOTED, proposed_by="finn"), PROFILE
        )


def test_an_interviewer_who_also_sits_on_the_board_neither_votes_nor_countersigns() -> None:
    both = Actor("ada", "Ada", frozenset({"vetting", "board"}))
    with pytest.raises(NotPermitted, match="Interview"):
        rules.check_may_vote(both, matter(keeper="finn"), proposal(by="finn"), PROFILE)
    with pytest.raises(NotPermitted, match="Interview"):
        rules.check_may_second(
            both, matter(keeper="finn"), dataclasses.replace(ALL_VOTED, proposed_by="finn"), PROFILE
        )


def test_nobody_votes_twice() -> None:
    with pytest.raises(WrongState, match="You have voted"):
        rules.check_may_vote(EVA, matter(), proposal(voters=frozenset({"eva"})), PROFILE)


@pytest.mark.parametrize("state", [state for state in State if state is not State.OPEN])
def test_nobody_votes_once_the_vote_is_over(state: State) -> None:
    with pytest.raises(WrongState):
        rules.check_may_vote(EVA, matter(), proposal(state=state), PROFILE)


@pytest.mark.parametrize("state", [State.OPEN, State.WITHDRAWN])
@pytest.mark.parametrize("actor", [ADA, BEN, EVA, FINN])
def test_votes_stay_hidden_from_everybody_until_all_are_in(state: State, actor: Actor) -> None:
    two = proposal(state=state, voters=frozenset({"eva", "finn"}))
    with pytest.raises(WrongState, match="2 of 3"):
        rules.check_may_see_votes(actor, matter(), two, PROFILE)


def test_votes_are_shown_when_all_are_in() -> None:
    rules.check_may_see_votes(EVA, matter(), ALL_VOTED, PROFILE)


@pytest.mark.parametrize("actor", [CLEO, Actor("pola", "Pola", frozenset({"examiner"}))])
def test_roles_that_do_not_read_decisions_see_no_vote_at_any_time(actor: Actor) -> None:
    with pytest.raises(NotPermitted, match="not for your role"):
        rules.check_may_see_votes(actor, matter(), ALL_VOTED, PROFILE)


def test_a_vote_without_a_reason_or_on_an_unread_proposal_is_refused() -> None:
    rules.check_ballot(ballot("eva"), "00" * 32)
    with pytest.raises(WrongState, match="reason"):
        rules.check_ballot(dataclasses.replace(ballot("eva"), reason=" \n"), "00" * 32)
    with pytest.raises(WrongState, match="Read the proposal"):
        rules.check_ballot(ballot("eva"), "11" * 32)


def test_a_second_person_may_countersign() -> None:
    rules.check_may_countersign(BEN, matter(), ALL_VOTED, PROFILE)


def test_the_proposer_may_not_countersign() -> None:
    with pytest.raises(NotPermitted, match="someone else"):
        rules.check_may_countersign(BEN, matter(), dataclasses.replace(ALL_VOTED, proposed_by="ben"), PROFILE)


@pytest.mark.parametrize("actor", [ADA, CLEO, POLA, MIRA])
def test_keeper_intake_examiner_and_doctor_may_not_countersign(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        rules.check_may_countersign(actor, matter(), ALL_VOTED, PROFILE)


def test_nobody_countersigns_while_a_vote_is_missing() -> None:
    with pytest.raises(WrongState, match="2 of 3"):
        rules.check_may_countersign(BEN, matter(), proposal(voters=frozenset({"eva", "finn"})), PROFILE)


@pytest.mark.parametrize("state", [State.COUNTERSIGNED, State.RETURNED, State.WITHDRAWN])
def test_nobody_countersigns_what_has_come_to_its_end(state: State) -> None:
    with pytest.raises(WrongState, match="end"):
        rules.check_may_countersign(BEN, matter(), dataclasses.replace(ALL_VOTED, state=state), PROFILE)


def test_a_case_that_moved_on_or_was_closed_is_not_decided_any_more() -> None:
    with pytest.raises(WrongState, match="moved on"):
        rules.check_may_countersign(BEN, matter(stage="checks"), ALL_VOTED, PROFILE)
    with pytest.raises(WrongState, match="closed"):
        rules.check_may_countersign(BEN, matter(closed=True), ALL_VOTED, PROFILE)


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, case: rules.check_may_propose(actor, case, PROFILE, None),
        lambda actor, case: rules.check_may_vote(actor, case, proposal(by="x"), PROFILE),
        lambda actor, case: rules.check_may_see_votes(actor, case, ALL_VOTED, PROFILE),
        lambda actor, case: rules.check_may_second(actor, case, ALL_VOTED, PROFILE),
        lambda actor, case: rules.check_may_withdraw(actor, case, proposal()),
    ],
)
def test_whoever_has_a_tie_takes_no_part_in_anything(act: Callable[[Actor, rules.Matter], None]) -> None:
    everything = Actor("ada", "Ada", frozenset({"vetting", "board"}))
    with pytest.raises(NotPermitted, match="tie"):
        act(everything, matter(ties=frozenset({"ada"})))


def test_a_proposer_who_declared_a_tie_afterwards_stops_the_countersignature() -> None:
    with pytest.raises(WrongState, match="proposed this has declared a tie"):
        rules.check_may_countersign(BEN, matter(ties=frozenset({"ada"}), keeper=None), ALL_VOTED, PROFILE)


def test_a_voter_who_declared_a_tie_afterwards_costs_the_quorum() -> None:
    with pytest.raises(WrongState, match="quorum is lost"):
        rules.check_may_countersign(BEN, matter(ties=frozenset({"finn"})), ALL_VOTED, PROFILE)


def test_such_a_proposal_can_still_be_returned() -> None:
    rules.check_may_second(BEN, matter(ties=frozenset({"ada", "finn"}), keeper=None), ALL_VOTED, PROFILE)


def test_the_vote_of_somebody_with_a_tie_does_not_complete_the_quorum() -> None:
    voted = proposal(voters=frozenset({"eva", "finn", "gita"}))
    assert rules.is_complete(voted, matter())
    assert not rules.is_complete(voted, matter(ties=frozenset({"gita"})))


@pytest.mark.parametrize("against", [0, 1])
def test_a_majority_carries(against: int) -> None:
    choices = [Choice.DISAGREE] * against + [Choice.AGREE] * (3 - against)
    rules.check_carried(three(*choices), matter(), ALL_VOTED)


@pytest.mark.parametrize("against", [2, 3])
def test_without_a_majority_there_is_only_the_return(against: int) -> None:
    choices = [Choice.DISAGREE] * against + [Choice.AGREE] * (3 - against)
    with pytest.raises(WrongState, match="did not agree"):
        rules.check_carried(three(*choices), matter(), ALL_VOTED)


def test_an_even_split_does_not_carry() -> None:
    assert not rules.is_carried([ballot("eva"), ballot("finn", Choice.DISAGREE)], frozenset())


def test_a_tied_vote_counts_on_neither_side() -> None:
    votes = three(Choice.AGREE, Choice.AGREE, Choice.DISAGREE)
    assert not rules.is_carried(votes, frozenset({"eva"}))


def test_ballots_of_another_proposal_or_of_other_people_are_refused() -> None:
    moved = [*three(Choice.AGREE, Choice.AGREE, Choice.AGREE)[:2], ballot("gita", action="11" * 32)]
    with pytest.raises(WrongState, match="another proposal"):
        rules.check_carried(moved, matter(), ALL_VOTED)
    with pytest.raises(WrongState, match="not those"):
        rules.check_carried([ballot("eva"), ballot("finn"), ballot("ben")], matter(), ALL_VOTED)
    with pytest.raises(WrongState, match="not those"):
        rules.check_carried([*three(*[Choice.AGREE] * 3), ballot("eva")], matter(), ALL_VOTED)


def test_proposer_and_keeper_may_withdraw_an_open_proposal_and_nobody_else() -> None:
    rules.check_may_withdraw(ADA, matter(), proposal())
    rules.check_may_withdraw(ADA, matter(), proposal(by="somebody-who-left"))
    with pytest.raises(NotPermitted, match="Only whoever proposed"):
        rules.check_may_withdraw(GITA, matter(), proposal())
    with pytest.raises(WrongState, match="no longer"):
        rules.check_may_withdraw(ADA, matter(), ALL_VOTED)


def test_the_table_of_transitions_is_complete_and_every_proposal_can_come_to_an_end() -> None:
    assert set(rules.TRANSITIONS) == set(State)
    ended = {state for state, following in rules.TRANSITIONS.items() if not following}
    assert ended == set(State) - set(rules.PENDING)
    assert all(rules.TRANSITIONS[state] for state in rules.PENDING)


@pytest.mark.parametrize("state", [State.COUNTERSIGNED, State.RETURNED, State.WITHDRAWN])
def test_what_has_ended_becomes_nothing_else(state: State) -> None:
    for following in State:
        with pytest.raises(WrongState):
            rules.check_may_become(state, following)
