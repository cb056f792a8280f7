# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what is sealed in a proposal and its votes, through the one door, and trusts none of it unchecked."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.core.procedure import Composed, Profile, Text, compose
from watchword.core.procedure.decision import Panel
from watchword.core.refusals import WrongState, sentence
from watchword.decisions import rules, selectors
from watchword.decisions.action import Action, Ballot, Choice, decode_action, decode_ballot
from watchword.decisions.grounds import independent
from watchword.decisions.models import Proposal
from watchword.decisions.selectors import Board, ProposalRow
from watchword.vault.opening import open_record

TO_READ, TO_SECOND, TO_VOTE = "decision-read", "decision-second", "decision-vote"
"""The purposes under which the ledger records these openings."""


@dataclass(frozen=True)
class GroundRow:
    """One ground in words."""

    guideline: str
    guideline_title: Text
    source_title: Text
    stands_alone: bool
    facts: str
    mitigation: str


@dataclass(frozen=True)
class BallotRow:
    """One vote in words; ``counts`` is false for somebody with a tie, or shut out, since."""

    voter: str
    agrees: bool
    counts: bool
    reason: str
    dissent: str


@dataclass(frozen=True)
class Read:
    """Everything in a proposal that this person may see now; ``votes`` is None while they are hidden."""

    code: str
    row: ProposalRow
    action: Action
    grounds: tuple[GroundRow, ...]
    letter: Composed
    votes: tuple[BallotRow, ...] | None
    carried: bool
    answer: str


def read_proposal(proposal_uid: str, *, actor: Actor, now: datetime) -> Read:
    """Open a proposal for whoever may read it, its votes when all are in, and why it was returned."""
    proposal, board = selectors.proposal(proposal_uid, viewer=actor, now=now)
    rules.check_may_read(actor, board.matter, board.profile)
    row = selectors.proposal_row(proposal, board, actor)
    purpose = _purpose(row)
    action = action_of(proposal, actor=actor, purpose=purpose, now=now)
    shown = row.why_not_see_votes is None
    ballots = ballots_of(proposal, actor=actor, purpose=purpose, now=now) if shown else []
    answer = proposal.answer_id and open_record(proposal.answer_id, actor=actor, purpose=purpose, now=now)
    return Read(
        code=board.code,
        row=row,
        action=action,
        grounds=tuple(_grounds(action, board.profile)),
        letter=letter_of(action, board),
        votes=_votes(ballots, board, row.panel) if shown else None,
        carried=rules.is_carried(ballots, board.matter.uncounted(row.panel)),
        answer=answer.decode() if answer else "",
    )


def letter_of(action: Action, board: Board) -> Composed:
    """The letter as the applicant will read it, in the language of the application."""
    template = board.profile.letter(board.profile.outcome(action.outcome).letter)
    return compose(template, board.language, **words_of_letter(action, board.profile))


def words_of_letter(action: Action, profile: Profile) -> dict[str, str]:
    """What fills the gaps of the letter that announces this outcome; closed reasons are never among it."""
    outcome, appeal = profile.outcome(action.outcome), profile.decision.appeal
    days = profile.decision.reply_days
    if appeal and outcome.to_stage == appeal.open_stage:
        days = profile.stage(appeal.open_stage).clock_days or 0
    words = {"reasons": action.open_reasons, "conditions": action.conditions, "days": str(days)}
    gaps = profile.letter(outcome.letter).gaps
    return {gap: words[gap] for gap in gaps if gap in words}


def action_of(proposal: Proposal, *, actor: Actor, purpose: str, now: datetime) -> Action:
    """The action that was proposed; WrongState when the sealed bytes do not have the recorded hash."""
    action = decode_action(open_record(proposal.record_id, actor=actor, purpose=purpose, now=now))
    if action.hash != proposal.action_hash or action.case != proposal.case_id:
        raise WrongState(
            sentence("The sealed proposal is not the one that was proposed. Nothing can be signed.")
        )
    return action


def ballots_of(proposal: Proposal, *, actor: Actor, purpose: str, now: datetime) -> list[Ballot]:
    """Every ballot, in the order of the votes; the vault refuses while the vote is open."""
    votes = proposal.votes.order_by("at", "uid")
    return [
        _of_voter(
            vote.staff_id, decode_ballot(open_record(vote.record_id, actor=actor, purpose=purpose, now=now))
        )
        for vote in votes
    ]


def _of_voter(staff_id: str, ballot: Ballot) -> Ballot:
    if ballot.voter != staff_id:
        raise WrongState(sentence("A sealed vote was written by somebody else than the member who voted."))
    return ballot


def _purpose(row: ProposalRow) -> str:
    if row.why_not_vote is None:
        return TO_VOTE
    return TO_SECOND if row.why_not_second is None else TO_READ


def _grounds(action: Action, profile: Profile) -> list[GroundRow]:
    guidelines = {one.code: one.title for one in profile.guidelines}
    sources = {one.id: one.title for one in profile.ground_sources}
    return [
        GroundRow(
            guideline=ground.guideline,
            guideline_title=guidelines[ground.guideline],
            source_title=sources[ground.source],
            stands_alone=independent([ground], profile.ground_law) == 1,
            facts=ground.facts,
            mitigation=ground.mitigation,
        )
        for ground in action.grounds
    ]


def _votes(ballots: list[Ballot], board: Board, panel: Panel) -> tuple[BallotRow, ...]:
    uncounted = board.matter.uncounted(panel)
    staff = names(ballot.voter for ballot in ballots)
    rows = [
        BallotRow(
            voter=staff.get(ballot.voter, ""),
            agrees=ballot.choice is Choice.AGREE,
            counts=ballot.voter not in uncounted,
            reason=ballot.reason,
            dissent=ballot.dissent,
        )
        for ballot in ballots
    ]
    return tuple(sorted(rows, key=lambda row: row.voter))
