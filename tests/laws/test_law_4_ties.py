# SPDX-License-Identifier: AGPL-3.0-or-later
"""Law 4: whoever shares a tie with the applicant is recused, before, during and after the vote."""

from collections.abc import Callable

import pytest

from tests.cast import stage_of
from tests.decisions.at_the_table import CANDOUR, Table
from tests.laws.breaking import insert, refused_by_the_database, row_of
from watchword.cases.models import Case, EvidenceMark, Tie
from watchword.core.refusals import NotFound, NotPermitted, Refused, WrongState
from watchword.decisions import reading, services
from watchword.decisions.models import Decision, Proposal, Vote
from watchword.vault.models import SealedRecord

ACTS: dict[str, Callable[[Table, Proposal], object]] = {
    "propose": lambda table, _: table.propose(by="eva"),
    "vote": lambda table, proposal: table.vote(proposal, "eva"),
    "read": lambda table, proposal: reading.read_proposal(
        proposal.uid, actor=table.organisation.actor("eva"), now=table.now
    ),
    "countersign": lambda table, proposal: table.sign(proposal, "eva"),
    "return": lambda table, proposal: services.send_back(
        proposal_uid=proposal.uid, reason="No.", actor=table.organisation.actor("eva"), now=table.now
    ),
    "withdraw": lambda table, proposal: services.withdraw(
        proposal_uid=proposal.uid, actor=table.organisation.actor("eva"), now=table.now
    ),
    "open the story": lambda table, _: table.office.open("eva", "story"),
    "open the evidence": lambda table, _: table.office.open("eva", "evidence"),
    "record evidence": lambda table, _: table.office.record("eva", "polygraph-waiver"),
    "move the case": lambda table, _: table.office.move("eva", "remit"),
    "declare it once more": lambda table, _: table.office.tie("eva"),
}


def test_to_whoever_declared_a_tie_the_case_is_gone_on_every_path(table: Table) -> None:
    open_proposal = table.propose()
    table.office.tie("eva")
    for attempt in ACTS.values():
        with pytest.raises((NotFound, NotPermitted)):
            attempt(table, open_proposal)
    browser = table.organisation.browser("eva")
    code = Case.objects.get(pk=table.case).code
    for address in (f"/case/{code}/", f"/case/{code}/decision/", f"/case/{code}/evidence/"):
        assert browser.get(address).status_code == 404, address
    for address in ("/", "/cases/"):
        assert code not in browser.get(address).content.decode(), address
    assert not Vote.objects.exists()


def test_a_keeper_with_a_tie_keeps_the_case_no_longer(table: Table) -> None:
    table.office.tie("ada")
    assert Case.objects.get(pk=table.case).keeper_id is None
    with pytest.raises((NotFound, NotPermitted)):
        table.propose()
    with pytest.raises(Refused):
        table.office.keep("ada")


def test_evidence_of_somebody_with_a_tie_carries_no_refusal(table: Table) -> None:
    for who in ("ada", "hugo"):
        table.office.tie(who)
    table.organisation.enrol("rosa", "vetting")
    table.office.keep("rosa")
    with pytest.raises(WrongState, match="rests on evidence of which the file holds none"):
        table.propose(CANDOUR, outcome="refuse", by="rosa")


def test_a_vote_before_the_tie_was_declared_does_not_complete_the_quorum(table: Table) -> None:
    proposal = table.propose()
    table.vote(proposal, "eva")
    table.office.tie("eva")
    table.vote(proposal, "finn")
    assert table.vote(proposal, "gita").state == "open"
    held = SealedRecord.objects.filter(kind="vote", held=True)
    assert held.count() == 3, "with one vote void, nobody sees the others yet"
    assert table.vote(proposal, "ben").state == "voted"


def test_a_tie_declared_after_the_count_costs_the_quorum_and_the_proposal(table: Table) -> None:
    proposal = table.voted()
    table.office.tie("finn")
    with pytest.raises(WrongState, match="quorum is lost"):
        table.sign(proposal)
    ben = table.organisation.actor("ben")
    services.send_back(proposal_uid=proposal.uid, reason="Finn knows him.", actor=ben, now=table.now)
    assert stage_of(table.case) == "board"


def test_a_tie_of_the_proposer_stops_the_signature(table: Table) -> None:
    proposal = table.voted()
    table.office.tie("ada")
    with pytest.raises(WrongState, match="proposed this has declared a tie"):
        table.sign(proposal)


def test_the_database_refuses_whoever_has_a_tie_on_every_way_in(table: Table) -> None:
    proposal = table.propose()
    table.vote(proposal, "finn")
    one = Vote.objects.get()
    ada, eva, ben = (table.organisation.actor(who).id for who in ("ada", "eva", "ben"))
    for who in (ada, eva, ben):
        Tie.objects.create(case_id=table.case, staff_id=who, kind="family", at=table.now)
    with refused_by_the_database("a vote by raw SQL"):
        insert("decisions_vote", row_of(one, staff_id=eva))
    with refused_by_the_database("many votes at once"):
        Vote.objects.bulk_create(
            [Vote(uid="e" * 32, proposal=proposal, staff_id=eva, record=one.record, at=one.at)]
        )
    with refused_by_the_database("a proposal by raw SQL"):
        insert("decisions_proposal", row_of(proposal))
    Tie.objects.exclude(staff=ben).delete()
    table.vote(proposal, "eva")
    table.vote(proposal, "gita")
    decision = Decision(
        uid="d" * 32,
        proposal=proposal,
        case_id=table.case,
        outcome="accept",
        proposed_by_id=ada,
        countersigned_by_id=ben,
        at=table.now,
        action_hash=proposal.action_hash,
        independent_grounds=0,
    )
    with refused_by_the_database("a signature"):
        decision.save()
    Tie.objects.filter(staff=ben).update(staff=eva)
    with refused_by_the_database("a decision on a vote that is void"):
        insert("decisions_decision", row_of(decision))
    Tie.objects.filter(staff=eva).update(staff=ada)
    with refused_by_the_database("a decision that somebody with a tie proposed"):
        insert("decisions_decision", row_of(decision))


def test_a_void_interview_still_stands_in_the_file(table: Table) -> None:
    """Recusal takes away weight, not history."""
    marks = EvidenceMark.objects.filter(case=table.case).count()
    table.office.tie("hugo")
    assert EvidenceMark.objects.filter(case=table.case).count() == marks
