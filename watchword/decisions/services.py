# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes a decision; each change and its ledger entry are one transaction.

Sealed records are opened before the transaction of a countersignature begins, because an opening has a
committed entry of its own; everything that was checked then is checked again inside, with the rows locked.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import services as cases
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core.procedure.decision import Outcome
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.decisions import outcomes, reading, rules, selectors
from watchword.decisions.action import Action, Ballot, Choice
from watchword.decisions.grounds import Ground, independent
from watchword.decisions.models import Decision, Proposal, Vote
from watchword.decisions.rules import COMPARTMENT, State
from watchword.decisions.selectors import Board
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import services as vault


@transaction.atomic
def propose(
    *,
    case_uid: str,
    outcome: str,
    grounds: Sequence[Ground],
    open_reasons: str,
    closed_reasons: str = "",
    conditions: str = "",
    until: date | None = None,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Put a question to the board: sealed, and announced in the ledger by its hash alone."""
    now = minute(now)
    board = _locked_board(case_uid, actor, now)
    rules.check_may_propose(actor, board.matter, board.profile, board.pending)
    action = Action(
        case=case_uid,
        round=selectors.rounds(case_uid) + 1,
        outcome=outcome,
        grounds=tuple(grounds),
        open_reasons=open_reasons.strip(),
        closed_reasons=closed_reasons.strip(),
        conditions=conditions.strip(),
        until=until,
        salt=random_bytes(16).hex(),
    )
    outcomes.check_proposal(action, board.matter, board.profile, now.date())
    proposal = Proposal.objects.create(
        uid=random_bytes(16).hex(),
        case_id=case_uid,
        stage=board.matter.stage,
        round=action.round,
        outcome=outcome,
        proposed_by_id=actor.id,
        at=now,
        record_id=_seal(board, "proposal", action.encode(), actor, now),
        action_hash=action.hash,
        independent_grounds=independent(action.grounds, board.profile.ground_law),
        quorum=board.profile.decision.quorum_at(board.matter.stage),
        panel=board.profile.outcome(outcome).panel,
    )
    _record(Event.DECISION_PROPOSE, proposal, actor, now)
    return proposal


@transaction.atomic
def vote(
    *,
    proposal_uid: str,
    choice: Choice,
    reason: str,
    dissent: str = "",
    seen: str,
    actor: Actor,
    now: datetime,
) -> Proposal:
    """Cast one member's ballot, held back from everybody else; the last one needed opens them all."""
    now = minute(now)
    proposal, board = _locked_proposal(proposal_uid, actor, now)
    rules.check_may_vote(actor, board.matter, proposal.facts(), board.profile)
    ballot = Ballot(proposal.action_hash, actor.id, choice, reason.strip(), dissent.strip())
    rules.check_ballot(ballot, seen)
    Vote.objects.create(
        uid=random_bytes(16).hex(),
        proposal=proposal,
        staff_id=actor.id,
        record_id=_seal(board, "vote", ballot.encode(), actor, now, held=True),
        at=now,
    )
    _record(Event.DECISION_VOTE, proposal, actor, now)
    if rules.is_complete(proposal.facts(), board.matter):
        # In this order: while the proposal is open, a guard in the database keeps every ballot held.
        _advance(proposal, State.VOTED)
        vault.release(
            records=proposal.votes.values_list("record_id", flat=True), signer=actor.signer, now=now
        )
    return proposal


def countersign(*, proposal_uid: str, seen: str, actor: Actor, now: datetime) -> Decision:
    """The second person's signature: decision, letter and next stage, all at once or not at all."""
    now = minute(now)
    proposal, board = selectors.proposal(proposal_uid, viewer=actor, now=now)
    rules.check_may_countersign(actor, board.matter, proposal.facts(), board.profile)
    rules.check_seen(proposal.action_hash, seen)
    action = reading.action_of(proposal, actor=actor, purpose=reading.TO_SECOND, now=now)
    ballots = reading.ballots_of(proposal, actor=actor, purpose=reading.TO_SECOND, now=now)
    return _decide(proposal_uid, action, ballots, actor, now)


@transaction.atomic
def send_back(*, proposal_uid: str, reason: str, actor: Actor, now: datetime) -> Proposal:
    """The second person does not sign: the proposal is over, and whoever works on the case reads why."""
    now = minute(now)
    proposal, board = _locked_proposal(proposal_uid, actor, now)
    rules.check_may_second(actor, board.matter, proposal.facts(), board.profile)
    if not reason.strip():
        raise WrongState(sentence("Write why you return this proposal."))
    proposal.answer_id = _seal(board, "return", reason.strip().encode(), actor, now)
    _advance(proposal, State.RETURNED)
    _record(Event.DECISION_REFUSE_SECOND, proposal, actor, now)
    return proposal


@transaction.atomic
def withdraw(*, proposal_uid: str, actor: Actor, now: datetime) -> Proposal:
    """Take a proposal back while its vote is open; ballots already cast stay held for ever."""
    now = minute(now)
    proposal, board = _locked_proposal(proposal_uid, actor, now)
    rules.check_may_withdraw(actor, board.matter, proposal.facts())
    _advance(proposal, State.WITHDRAWN)
    _record(Event.DECISION_WITHDRAW, proposal, actor, now)
    return proposal


@transaction.atomic
def _decide(
    proposal_uid: str, action: Action, ballots: list[Ballot], actor: Actor, now: datetime
) -> Decision:
    """Everything once more with the rows locked, on what was really opened, and only then the signature."""
    proposal, board = _locked_proposal(proposal_uid, actor, now)
    rules.check_may_countersign(actor, board.matter, proposal.facts(), board.profile)
    rules.check_carried(ballots, board.matter, proposal.facts())
    outcomes.check_proposal(action, board.matter, board.profile, now.date())
    outcome = board.profile.outcome(action.outcome)
    decision = Decision.objects.create(
        uid=random_bytes(16).hex(),
        proposal=proposal,
        case_id=proposal.case_id,
        outcome=action.outcome,
        proposed_by_id=proposal.proposed_by_id,
        countersigned_by_id=actor.id,
        at=now,
        action_hash=action.hash,
        independent_grounds=independent(action.grounds, board.profile.ground_law),
        until=_until(outcome, action, board, now),
    )
    _advance(proposal, State.COUNTERSIGNED)
    _record(Event.DECISION_SECOND, proposal, actor, now)
    cases.apply_outcome(
        case_uid=proposal.case_id,
        outcome=action.outcome,
        filled=reading.words_of_letter(action, board.profile),
        breached=board.matter.facts.breached,
        actor=actor,
        now=now,
    )
    return decision


def _until(outcome: Outcome, action: Action, board: Board, now: datetime) -> date | None:
    """The day on which the matter comes up again: the end of the time to reply, of a deferral, a review."""
    if outcome.needs_reply:
        return now.date() + timedelta(days=board.profile.decision.reply_days)
    return action.until


def _locked_board(case_uid: str, actor: Actor, now: datetime) -> Board:
    locked(case_uid)
    return selectors.board(case_uid, viewer=actor, now=now)


def _locked_proposal(proposal_uid: str, actor: Actor, now: datetime) -> tuple[Proposal, Board]:
    """The case first, then the proposal: every service takes the two locks in this order."""
    proposal, _ = selectors.proposal(proposal_uid, viewer=actor, now=now)
    board = _locked_board(proposal.case_id, actor, now)
    return Proposal.objects.select_for_update().get(pk=proposal_uid), board


def _seal(board: Board, kind: str, payload: bytes, actor: Actor, now: datetime, *, held: bool = False) -> str:
    sealed = vault.seal_record(
        case=board.case_uid,
        compartment=COMPARTMENT,
        kind=kind,
        payload=payload,
        signer=actor.signer,
        now=now,
        readers=sorted(board.profile.compartment(COMPARTMENT).readers),
        held=held,
    )
    return sealed.uid


def _advance(proposal: Proposal, state: State) -> None:
    rules.check_may_become(State(proposal.state), state)
    proposal.state = state
    proposal.save(update_fields=["state", "answer"])


def _record(event: Event, proposal: Proposal, actor: Actor, now: datetime) -> None:
    """The entry names the proposal and the public hash; neither outcome nor vote can be read from it."""
    record(
        event,
        signer=actor.signer,
        case=proposal.case_id,
        payload={"proposal": proposal.uid, "round": proposal.round},
        at=now,
        public={"action": bytes.fromhex(proposal.action_hash)},
        proof=actor.proof,
    )
