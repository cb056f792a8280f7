# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case before the board, through the real services: what happens, and what is refused."""

import dataclasses

import pytest

from tests.cast import PROFILE, stage_of
from tests.decisions.at_the_table import CANDOUR, REASONS, Table
from watchword.accounts.rules import CONTENT_ROLES
from watchword.cases.selectors import Waiting
from watchword.core.refusals import NotFound, NotPermitted, WrongState
from watchword.core.sealing.frame import Frame, pack
from watchword.core.sealing.seal import seal
from watchword.decisions import reading, services
from watchword.decisions.action import Ballot, Choice
from watchword.decisions.models import Decision, Proposal, Vote
from watchword.decisions.rules import State
from watchword.decisions.selectors.waiting import DEFERRED, waiting_for
from watchword.journal import selectors as journal
from watchword.journal.services import integrate
from watchword.trust import installed
from watchword.vault import headers
from watchword.vault import services as vault
from watchword.vault.models import SealedRecord
from watchword.vault.opening import open_record


def test_a_board_accepts_and_the_applicant_reads_why(table: Table) -> None:
    decision = table.decide()
    assert stage_of(table.case) == "accepted"
    assert decision.countersigned_by_id == table.organisation.actor("ben").id
    letter = next(one for one in table.applicant.mailbox() if one.kind == "decision-accept")
    assert REASONS in letter.text
    assert [event for event in table.events() if event.startswith("decision.")] == [
        "decision.propose",
        *["decision.vote"] * 3,
        "decision.second",
    ]


def test_a_refusal_is_first_a_statement_of_reasons(table: Table) -> None:
    first = table.decide(CANDOUR, outcome="refuse", closed_reasons="The source is his neighbour.")
    assert stage_of(table.case) == "refusal-intended"
    assert first.until == table.day(30)
    statement = next(one for one in table.applicant.mailbox() if one.kind == "statement-of-reasons")
    assert REASONS in statement.text
    assert "30" in statement.text
    assert "neighbour" not in statement.text
    with pytest.raises(WrongState, match="for 30 days"):
        table.propose(CANDOUR, outcome="confirm-refusal")


def test_after_the_reply_other_people_confirm_a_refusal_and_the_letter_says_how_to_appeal(
    answered: Table,
) -> None:
    second = answered.decide(CANDOUR, outcome="confirm-refusal")
    assert stage_of(answered.case) == "appealable"
    assert Proposal.objects.get(pk=second.proposal_id).round == 2
    refusal = next(one for one in answered.applicant.mailbox() if one.kind == "decision-refuse")
    assert REASONS in refusal.text
    assert "28" in refusal.text


def test_without_a_reply_the_second_round_waits_for_the_end_of_the_clock(table: Table) -> None:
    table.decide(CANDOUR, outcome="refuse")
    table.days_later(29)
    with pytest.raises(WrongState, match="for 1 day"):
        table.propose(CANDOUR, outcome="confirm-refusal")
    table.days_later(1)
    assert table.propose(CANDOUR, outcome="confirm-refusal").state == State.OPEN


def test_a_reply_can_change_the_boards_mind(table: Table) -> None:
    table.decide(CANDOUR, outcome="refuse")
    table.applicant.answer("Here is what happened.", "decision")
    table.decide(outcome="accept-after-reply")
    assert stage_of(table.case) == "accepted"


def test_conditions_and_deferrals_keep_the_day_on_which_they_come_up_again(table: Table) -> None:
    decision = table.decide(
        outcome="accept-with-conditions", conditions="No photographs.", until=table.day(60)
    )
    assert decision.until == table.day(60)
    letter = next(one for one in table.applicant.mailbox() if "conditions" in one.kind)
    assert "No photographs." in letter.text


def test_nothing_that_was_proposed_or_voted_can_be_read_in_the_database(table: Table) -> None:
    proposal = table.voted(CANDOUR, outcome="refuse", closed_reasons="A secret source.")
    rows = [*Proposal.objects.values(), *Vote.objects.values(), *Decision.objects.values()]
    spelled = repr(rows)
    for words in (CANDOUR.facts, CANDOUR.mitigation, REASONS, "A secret source", "has read it all"):
        assert words not in spelled
    assert "agree" not in spelled
    assert proposal.independent_grounds == 1


def test_the_ledger_names_the_hash_and_neither_outcome_nor_votes(table: Table) -> None:
    proposal = table.voted(CANDOUR, outcome="refuse")
    for moment in journal.timeline(table.case):
        if moment.event.value.startswith("decision."):
            assert dict(moment.payload) == {"proposal": proposal.uid, "round": 1}


def test_a_colleagues_vote_is_refused_on_every_path_until_all_are_in(table: Table) -> None:
    proposal = table.propose()
    table.vote(proposal, "eva", Choice.DISAGREE)
    table.vote(proposal, "finn")
    mine = Vote.objects.get(proposal=proposal, staff=table.organisation.actor("eva").id)
    for who in ("finn", "gita", "ben", "ada"):
        actor = table.organisation.actor(who)
        with pytest.raises(WrongState, match="held back"):
            open_record(mine.record_id, actor=actor, purpose="decision-read", now=table.now)
        with pytest.raises(WrongState, match="held back"):
            reading.ballots_of(proposal, actor=actor, purpose="decision-read", now=table.now)
        assert reading.read_proposal(proposal.uid, actor=actor, now=table.now).votes is None
        with pytest.raises(WrongState):
            table.office.open(who, "decision")
    table.vote(proposal, "gita")
    read = reading.read_proposal(proposal.uid, actor=table.organisation.actor("finn"), now=table.now)
    assert read.votes is not None
    assert sorted((vote.voter, vote.agrees) for vote in read.votes) == [
        ("Eva", False),
        ("Finn", True),
        ("Gita", True),
    ]
    assert read.carried


def test_reading_a_proposal_and_its_votes_is_in_the_ledger_first(table: Table) -> None:
    proposal = table.voted()
    before = table.events().count("compartment.open")
    reading.read_proposal(proposal.uid, actor=table.organisation.actor("ben"), now=table.now)
    opened = [moment for moment in journal.timeline(table.case) if moment.event.value == "compartment.open"]
    assert len(opened) - before == 4
    assert {moment.payload["purpose"] for moment in opened[before:]} == {"decision-second"}
    assert all(moment.index is not None for moment in opened[before:])


def test_strangers_and_other_roles_find_no_proposal(table: Table) -> None:
    proposal = table.propose()
    for who in ("cleo", "iris", "pola", "mira", "aud", "petro"):
        with pytest.raises(NotFound):
            reading.read_proposal(proposal.uid, actor=table.organisation.actor(who), now=table.now)
        with pytest.raises((NotFound, NotPermitted)):
            table.vote(proposal, who)
    assert not Vote.objects.exists()


def test_a_board_that_disagrees_can_only_return(table: Table) -> None:
    proposal = table.all_vote(table.propose(), Choice.AGREE, Choice.DISAGREE, Choice.DISAGREE)
    with pytest.raises(WrongState, match="did not agree"):
        table.sign(proposal)
    assert stage_of(table.case) == "board"
    ben = table.organisation.actor("ben")
    with pytest.raises(WrongState, match="why you return"):
        services.send_back(proposal_uid=proposal.uid, reason=" ", actor=ben, now=table.now)
    returned = services.send_back(
        proposal_uid=proposal.uid, reason="Ask him first.", actor=ben, now=table.now
    )
    assert returned.state == State.RETURNED
    assert "decision.refuse-second" in table.events()
    read = reading.read_proposal(proposal.uid, actor=table.organisation.actor("ada"), now=table.now)
    assert read.answer == "Ask him first."
    with pytest.raises(WrongState, match="end"):
        table.sign(proposal)
    assert table.propose().state == State.OPEN, "the keeper proposes anew"


def test_an_open_proposal_can_be_withdrawn_and_its_votes_stay_sealed(table: Table) -> None:
    proposal = table.propose()
    table.vote(proposal, "eva")
    ada = table.organisation.actor("ada")
    services.withdraw(proposal_uid=proposal.uid, actor=ada, now=table.now)
    assert "decision.withdraw" in table.events()
    assert SealedRecord.objects.filter(kind="vote", held=True).count() == 1
    with pytest.raises(WrongState, match="end"):
        table.vote(proposal, "finn")


def test_a_case_that_the_applicant_withdrew_is_decided_no_more(table: Table) -> None:
    proposal = table.voted()
    table.applicant.withdraw()
    with pytest.raises((NotFound, WrongState)):
        table.sign(proposal)
    assert not Decision.objects.exists()
    assert stage_of(table.case) == "withdrawn"


def test_a_second_proposal_waits_and_a_second_vote_is_refused(table: Table) -> None:
    proposal = table.propose()
    with pytest.raises(WrongState, match="already"):
        table.propose()
    table.vote(proposal, "eva")
    with pytest.raises(WrongState, match="You have voted"):
        table.vote(proposal, "eva", Choice.DISAGREE)
    assert Vote.objects.count() == 1


def test_nobody_signs_or_votes_on_what_was_not_on_the_page(table: Table) -> None:
    proposal = table.propose()
    with pytest.raises(WrongState, match="Read the proposal"):
        table.vote(proposal, "eva", seen="00" * 32)
    table.all_vote(proposal)
    with pytest.raises(WrongState, match="Read the proposal"):
        table.sign(proposal, seen="00" * 32)


def forge(table: Table, record: SealedRecord, payload: bytes) -> None:
    """Put other words, sealed and framed as they must be, under a record: public keys and the database do."""
    frame = Frame(bytes.fromhex(record.case), record.compartment, record.revision)
    readers = sorted(PROFILE.compartment("decision").readers & CONTENT_ROLES)
    forged = vault.store_sealed(
        case=record.case,
        compartment=record.compartment,
        kind="forged",
        revision=1000,
        sealed=seal(pack(frame, payload), installed.current().recipients(readers)),
        written_by="nobody",
        signer=table.organisation.actor("ada").signer,
        now=table.now,
    )
    SealedRecord.objects.filter(pk=record.pk).update(
        header=headers.cover(record, headers.bare(forged)),
        body_sha256=forged.body_sha256,
        body_size=forged.body_size,
    )


def test_a_proposal_whose_words_were_exchanged_is_neither_shown_nor_signed(table: Table) -> None:
    proposal = table.voted()
    action = reading.action_of(
        proposal, actor=table.organisation.actor("ben"), purpose=reading.TO_SECOND, now=table.now
    )
    forge(table, proposal.record, dataclasses.replace(action, open_reasons="No reason at all.").encode())
    with pytest.raises(WrongState, match="not the one that was proposed"):
        reading.read_proposal(proposal.uid, actor=table.organisation.actor("eva"), now=table.now)
    with pytest.raises(WrongState, match="not the one that was proposed"):
        table.sign(proposal)
    assert stage_of(table.case) == "board"


def test_a_vote_exchanged_for_somebody_elses_is_not_counted(table: Table) -> None:
    proposal = table.voted()
    vote = Vote.objects.get(proposal=proposal, staff=table.organisation.actor("gita").id)
    stuffed = Ballot(proposal.action_hash, table.organisation.actor("eva").id, Choice.AGREE, "Twice.", "")
    forge(table, vote.record, stuffed.encode())
    with pytest.raises(WrongState, match="somebody else than the member"):
        table.sign(proposal)


def test_the_whole_path_is_accepted_by_the_ledger(table: Table) -> None:
    table.decide(CANDOUR, outcome="refuse")
    integrate(table.now)
    assert all(moment.index is not None for moment in journal.timeline(table.case))


def awaited(table: Table, who: str) -> list[Waiting]:
    """What stands on the home page of ``who`` about decisions."""
    return list(waiting_for(table.organisation.actor(who), now=table.now).rows)


def test_what_was_decided_until_a_day_comes_back_to_the_keeper_on_that_day(table: Table) -> None:
    table.decide(outcome="defer", until=table.day(10))
    table.days_later(9)
    assert awaited(table, "ada") == []
    table.days_later(1)
    (row,) = awaited(table, "ada")
    assert (str(row.what), row.due) == ("The deferral ends: the case is to be taken up again.", table.day(0))
    assert awaited(table, "hugo") == []
    table.office.move("ada", "resume")
    assert DEFERRED not in [row.what for row in awaited(table, "ada")]
