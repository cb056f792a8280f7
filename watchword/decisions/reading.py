# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what is sealed in a proposal and its votes, through the one door, and trusts none of it unchecked."""

from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.core.refusals import WrongState, sentence
from watchword.decisions.action import Action, Ballot, decode_action, decode_ballot
from watchword.decisions.models import Proposal
from watchword.vault.opening import open_record

TO_PROPOSE, TO_READ, TO_SECOND, TO_VOTE = (
    "decision-propose",
    "decision-read",
    "decision-second",
    "decision-vote",
)
"""The purposes under which the ledger records these openings."""


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
