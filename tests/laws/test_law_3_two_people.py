# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 3: in one case nobody is proposer and approver, nor interviewer and examiner. Custodians come later."""

import pytest

from tests.cases.test_handing import accept, offer
from tests.cast import case_in
from tests.decisions.at_the_table import Table
from tests.laws.breaking import change, insert, refused_by_the_database, row_of
from tests.organisation import Organisation
from watchword.cases.models import Case, EvidenceMark
from watchword.core.refusals import NotPermitted
from watchword.decisions import services
from watchword.decisions.models import Decision, Proposal, Vote
from watchword.decisions.rules import State


def uma_proposes(table: Table) -> Proposal:
    """Uma vets and sits on the board; she keeps the case, proposes, and then hands the case back."""
    table.organisation.enrol("uma", "vetting", "board")
    for holder in ("ada", "ben"):
        hand_over_keys(table, holder)
    hand(table, "ada", "uma")
    proposal = table.propose(by="uma")
    hand(table, "uma", "ada")
    return proposal


def hand_over_keys(table: Table, holder: str) -> None:
    from watchword.accounts import services as accounts

    role = "vetting" if holder == "ada" else "board"
    accounts.share_role_key(
        role=role,
        to_staff=table.organisation.staff["uma"].uid,
        actor=table.organisation.actor(holder),
        now=table.now,
    )


def hand(table: Table, giver: str, taker: str) -> None:
    accept(table.office, taker, offer(table.office, giver, taker))


def test_whoever_proposes_neither_votes_nor_countersigns_nor_returns(table: Table) -> None:
    proposal = uma_proposes(table)
    uma = table.organisation.actor("uma")
    with pytest.raises(NotPermitted, match="You proposed"):
        table.vote(proposal, "uma")
    table.all_vote(proposal)
    with pytest.raises(NotPermitted, match="You proposed"):
        table.sign(proposal, "uma")
    with pytest.raises(NotPermitted, match="You proposed"):
        services.send_back(proposal_uid=proposal.uid, reason="No.", actor=uma, now=table.now)
    assert table.sign(proposal).countersigned_by_id != uma.id


def test_the_keeper_does_not_countersign_a_colleagues_proposal(table: Table) -> None:
    proposal = uma_proposes(table)
    hand(table, "ada", "uma")
    table.all_vote(proposal)
    with pytest.raises(NotPermitted):
        table.sign(proposal, "uma")


def test_the_database_refuses_one_person_in_two_places_on_every_way_in(table: Table) -> None:
    proposal = table.voted()
    ada, ben = table.organisation.actor("ada").id, table.organisation.actor("ben").id
    decision = Decision(
        uid="d" * 32,
        proposal=proposal,
        case_id=table.case,
        outcome="accept",
        proposed_by_id=ada,
        countersigned_by_id=ada,
        at=table.now,
        action_hash=proposal.action_hash,
        independent_grounds=0,
    )
    with refused_by_the_database("countersigning one's own proposal"):
        decision.save()
    with refused_by_the_database("the same with many at once"):
        Decision.objects.bulk_create([decision])
    with refused_by_the_database("the same by raw SQL"):
        insert("decisions_decision", row_of(decision))
    with refused_by_the_database("with another's name under the proposal"):
        insert("decisions_decision", row_of(decision, proposed_by_id=ben))
    Case.objects.filter(pk=table.case).update(keeper=ben)
    with refused_by_the_database("by the keeper"):
        insert("decisions_decision", row_of(decision, countersigned_by_id=ben))
    Case.objects.filter(pk=table.case).update(keeper=ada)
    with refused_by_the_database("changing who proposed"):
        Proposal.objects.filter(pk=proposal.uid).update(proposed_by=ben)
    signed = table.sign(proposal)
    with refused_by_the_database("changing who countersigned"):
        Decision.objects.filter(pk=signed.uid).update(countersigned_by=ada)
    with refused_by_the_database("changing who countersigned by raw SQL"):
        change("decisions_decision", "countersigned_by_id", ada, signed.uid)


def test_the_database_refuses_a_decision_that_no_board_has_voted_on(table: Table) -> None:
    proposal = table.propose()
    ben = table.organisation.actor("ben").id
    decision = Decision(
        uid="d" * 32,
        proposal=proposal,
        case_id=table.case,
        outcome="accept",
        proposed_by_id=proposal.proposed_by_id,
        countersigned_by_id=ben,
        at=table.now,
        action_hash=proposal.action_hash,
        independent_grounds=0,
    )
    with refused_by_the_database("a decision while the vote is open"):
        decision.save()
    for state in (State.VOTED, State.COUNTERSIGNED, State.RETURNED):
        with refused_by_the_database(f"calling it {state} without votes"):
            Proposal.objects.filter(pk=proposal.uid).update(state=state)
    with refused_by_the_database("a proposal that begins as decided"):
        insert("decisions_proposal", row_of(proposal, state="countersigned"))
    with refused_by_the_database("lowering the quorum"):
        Proposal.objects.filter(pk=proposal.uid).update(quorum=2)
    with refused_by_the_database("a board of one"):
        insert("decisions_proposal", row_of(proposal, quorum=1))
    table.all_vote(proposal)
    with refused_by_the_database("a signature that nobody gave"):
        change("decisions_proposal", "state", "countersigned", proposal.uid)


def test_the_database_refuses_votes_of_the_proposer_second_votes_and_changed_votes(table: Table) -> None:
    proposal = table.propose()
    table.vote(proposal, "eva")
    vote = Vote.objects.get()
    with refused_by_the_database("the proposer votes"):
        insert("decisions_vote", row_of(vote, staff_id=proposal.proposed_by_id))
    with refused_by_the_database("a second vote"):
        insert("decisions_vote", row_of(vote))
    with refused_by_the_database("a vote that becomes somebody else's"):
        Vote.objects.filter(pk=vote.uid).update(staff=table.organisation.actor("finn").id)
    with refused_by_the_database("a vote that is let out before all are in"):
        change("vault_sealedrecord", "held", False, vote.record_id)
    table.vote(proposal, "finn")
    table.vote(proposal, "gita")
    with refused_by_the_database("a vote after the count"):
        insert("decisions_vote", row_of(vote, staff_id=table.organisation.actor("ben").id))


@pytest.mark.parametrize(("first", "second"), [("interview", "polygraph"), ("polygraph", "interview")])
def test_nobody_interviews_and_examines_the_same_person(
    organisation: Organisation, first: str, second: str
) -> None:
    _, office = case_in(organisation, "checks")
    office.keep("ada")
    organisation.enrol("vera", "vetting", "examiner")
    office.ask("ada", "vera")
    office.record("vera", first)
    with pytest.raises(NotPermitted, match="someone else must record"):
        office.record("vera", second)
    assert EvidenceMark.objects.filter(staff=organisation.staff["vera"].uid).count() == 1


def test_whoever_examined_or_gave_a_medical_opinion_takes_no_part_in_the_decision(table: Table) -> None:
    for kind, role in (("polygraph", "examiner"), ("medical", "medical")):
        table.organisation.enrol(f"{role}-on-the-board", role, "board")
        person = table.organisation.actor(f"{role}-on-the-board")
        EvidenceMark.objects.create(case_id=table.case, kind=kind, staff_id=person.id, at=table.now)
    proposal = table.propose()
    for who in ("examiner-on-the-board", "medical-on-the-board"):
        with pytest.raises(NotPermitted, match="take no part in deciding"):
            table.vote(proposal, who)
    table.all_vote(proposal)
    for who in ("examiner-on-the-board", "medical-on-the-board"):
        with pytest.raises(NotPermitted, match="take no part in deciding"):
            table.sign(proposal, who)
