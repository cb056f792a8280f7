# SPDX-License-Identifier: AGPL-3.0-or-later
"""A refusal is confirmed by others, and appealed to people who had no part in the case."""

from datetime import date

import pytest

from tests.cast import stage_of
from tests.decisions import others
from tests.decisions.around_the_table import ADA, EVA, GITA, PROFILE, matter
from tests.decisions.at_the_table import CANDOUR, REASONS, Table
from tests.organisation import Organisation
from watchword.core.refusals import NotPermitted, WrongState
from watchword.decisions.action import Choice
from watchword.decisions.models import Proposal
from watchword.decisions.panels import ACTED, DECIDED, KEPT, NO_PART, RECORDED, Done, Past, parts
from watchword.decisions.rules import State, check_may_propose
from watchword.decisions.selectors import waiting_for
from watchword.decisions.selectors.appeals import CAME_IN, TO_PROPOSE
from watchword.journal.events import Event

CONFIRM, UPHOLD = "confirm-refusal", "uphold-refusal"


def test_nobody_of_the_first_board_confirms_its_refusal(answered: Table) -> None:
    proposal = answered.propose(CANDOUR, outcome=CONFIRM)
    for who in ("eva", "finn", "gita", "ben"):
        with pytest.raises(NotPermitted, match="decision before this one"):
            answered.vote(proposal, who)
    answered.all_vote(proposal)
    for who in ("eva", "ben"):
        with pytest.raises(NotPermitted, match="decision before this one"):
            answered.sign(proposal, who)
    answered.sign(proposal)


def test_the_first_board_can_still_change_its_mind_in_favour(answered: Table) -> None:
    answered.voters, answered.signer = ("eva", "finn", "gita"), "ben"
    answered.decide(outcome="accept-after-reply")
    assert stage_of(answered.case) == "accepted"


def test_an_appeal_is_taken_up_once_it_is_written_and_acknowledged_and_is_never_passed_over(
    organisation: Organisation,
) -> None:
    table = others.refused(organisation)
    for action, reason in (("appeal", "has not written"), ("end", "for 28 days more")):
        with pytest.raises(WrongState, match=reason):
            table.office.move("ada", action)
    assert CAME_IN.text not in at_home(table, "ada")
    table.applicant.answer("I do not agree.", "decision")
    assert at_home(table, "ada")[CAME_IN.text] == table.day(7)
    with pytest.raises(WrongState, match="has not been sent"):
        table.office.move("ada", "appeal")
    table.days_later(40)
    with pytest.raises(WrongState, match="taken for an appeal"):
        table.office.move("ada", "end")
    table.office.write("ada", "appeal-received")
    table.office.move("ada", "appeal")
    assert stage_of(table.case) == "appeal"
    told = [who for who in ("kira", "osip", "eva", "ada") if TO_PROPOSE.text in at_home(table, who)]
    assert told == ["kira", "osip"]


def at_home(table: Table, who: str) -> dict[str, date | None]:
    """What waits for this person, and until when."""
    rows = waiting_for(table.organisation.actor(who), now=table.now).rows
    return {row.what.text: row.due for row in rows}


def test_without_an_appeal_the_refusal_ends_when_its_time_is_over(organisation: Organisation) -> None:
    table = others.refused(organisation)
    table.days_later(28)
    table.office.move("ada", "end")
    assert stage_of(table.case) == "refused"


def test_whoever_had_a_part_takes_none_in_the_appeal(appealed: Table) -> None:
    for who in ("ada", "eva", "ben", "hana"):
        with pytest.raises(NotPermitted, match="deciding this case"):
            appealed.propose(CANDOUR, outcome=UPHOLD, by=who)
    proposal = appealed.propose(CANDOUR, outcome=UPHOLD, by="kira")
    for who in ("eva", "ben", "hana"):
        with pytest.raises(NotPermitted, match="deciding this case"):
            appealed.vote(proposal, who)
    appealed.all_vote(proposal)
    for who in ("eva", "ben", "hana"):
        with pytest.raises(NotPermitted, match="deciding this case"):
            appealed.sign(proposal, who)


def test_a_witness_has_a_part_whenever_the_evidence_came(appealed: Table) -> None:
    proposal = appealed.propose(CANDOUR, outcome=UPHOLD, by="kira")
    appealed.vote(proposal, "lev")
    appealed.office.record("mila", "polygraph-waiver")
    with pytest.raises(NotPermitted, match="Recorded evidence"):
        appealed.vote(proposal, "mila")
    appealed.vote(proposal, "nora")
    appealed.office.record("lev", "polygraph-waiver")
    appealed.vote(proposal, "osip")
    assert Proposal.objects.get(pk=proposal.uid).state == State.OPEN, "Lev's vote counts no longer"


def test_three_others_vote_hidden_and_somebody_new_signs(appealed: Table) -> None:
    proposal = appealed.propose(outcome="accept-on-appeal", by="kira")
    with pytest.raises(NotPermitted, match="You proposed"):
        appealed.vote(proposal, "kira")
    appealed.all_vote(proposal, Choice.AGREE, Choice.DISAGREE, Choice.AGREE)
    for who in ("lev", "mila"):
        with pytest.raises(NotPermitted, match="voted on this appeal"):
            appealed.sign(proposal, who)
    appealed.sign(proposal)
    assert stage_of(appealed.case) == "accepted"
    assert REASONS in next(one for one in appealed.applicant.mailbox() if one.kind == "decision-accept").text


@pytest.mark.parametrize(
    ("outcome", "stage", "letter"),
    [
        (UPHOLD, "refused", "appeal-upheld"),
        ("accept-on-conditions-on-appeal", "accepted", "decision-accept-with-conditions"),
    ],
)
def test_an_appeal_ends_in_one_of_its_ways(appealed: Table, outcome: str, stage: str, letter: str) -> None:
    appealed.decide(
        CANDOUR, outcome=outcome, by="kira", conditions="Write each month.", until=appealed.day(30)
    )
    assert stage_of(appealed.case) == stage
    assert letter in [one.kind for one in appealed.applicant.mailbox()]


def test_a_returned_proposal_does_not_use_the_panel_up(appealed: Table) -> None:
    appealed.return_(appealed.voted(CANDOUR, outcome=UPHOLD, by="kira"))
    appealed.decide(outcome="rerun", by="kira")
    assert stage_of(appealed.case) == "checks"
    assert "appeal-rerun" in [one.kind for one in appealed.applicant.mailbox()]


def test_a_keeper_without_a_part_may_prepare_the_appeal_and_nobody_else_of_vetting() -> None:
    case = matter(stage="appeal", past=Past(parts={"eva": DECIDED}))
    check_may_propose(ADA, case, PROFILE, None)
    check_may_propose(GITA, case, PROFILE, None)
    with pytest.raises(NotPermitted, match="deciding this case"):
        check_may_propose(EVA, case, PROFILE, None)
    with pytest.raises(NotPermitted, match="keeper"):
        check_may_propose(ADA, matter(stage="appeal", keeper="uma"), PROFILE, None)


def test_whatever_anybody_did_before_the_refusal_is_a_part_but_to_read_it() -> None:
    assert parts(Done(event, "lev") for event in NO_PART) == {}
    assert set(parts(Done(event, event) for event in set(Event) - NO_PART)) == set(Event) - NO_PART
    assert parts([Done(Event.CASE_KEEPER, "iris", given_to="lena")]) == {"iris": ACTED, "lena": KEPT}
    later = [Done(Event.DECISION_VOTE, "lev"), Done(Event.DECISION_VOTE, "nora", after_refusal=True)]
    assert parts(later) == {"lev": DECIDED}, "whoever decided one appeal does not decide the next"
    witness = [Done(Event.NOTE_WRITE, "mila"), Done(Event.EVIDENCE_ADD, "mila", after_refusal=True)]
    assert parts(witness) == {"mila": RECORDED}
