# SPDX-License-Identifier: AGPL-3.0-or-later
"""The law of a board's decision: who may propose, vote, countersign and return, and when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import check_not_recused
from watchword.core.procedure.decision import Panel
from watchword.core.procedure.evidence import EvidenceKind, check_may_decide
from watchword.core.procedure.needs import CaseFacts
from watchword.core.procedure.profile import Profile
from watchword.core.refusals import NotPermitted, WrongState, sentence, why_not
from watchword.decisions.action import Ballot, Choice
from watchword.decisions.panels import Past, check_in_panel

COMPARTMENT = "decision"
"""Where proposals, votes and reasons are sealed."""


class State(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    VOTED = "voted"
    COUNTERSIGNED = "countersigned"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


PENDING = (State.OPEN, State.VOTED)
"""The states of a proposal that waits for somebody; a case has at most one."""

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.VOTED, State.WITHDRAWN}),
    State.VOTED: frozenset({State.COUNTERSIGNED, State.RETURNED}),
    State.COUNTERSIGNED: frozenset(),
    State.RETURNED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""What can follow each state; the guards of the database say the same."""


@dataclass(frozen=True)
class Matter:
    """What the rules ask about the case; staff are named by pseudonym, ``ties`` are those who are recused.

    ``past``: what people did in the case before, where that keeps them from deciding.
    """

    stage: str
    closed: bool
    keeper: str | None
    ties: frozenset[str]
    facts: CaseFacts
    past: Past = field(default_factory=Past)

    def uncounted(self, panel: Panel) -> frozenset[str]:
        """Whose votes do not count: those with a tie, and those whom the panel shuts out."""
        return self.ties | frozenset(self.past.out(panel))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of evidence of which the file holds an item by somebody without a tie."""
        return frozenset(kind for kind, staff in self.facts.evidence.items() if set(staff) - self.ties)

    def recorded_by(self, staff: str, profile: Profile) -> list[EvidenceKind]:
        """The kinds of evidence that this person recorded in the case."""
        return [kind for kind in profile.evidence_kinds if staff in self.facts.evidence.get(kind.id, ())]


@dataclass(frozen=True)
class ProposalFacts:
    """What the rules ask about a proposal; staff are named by pseudonym."""

    stage: str
    state: State
    proposed_by: str
    quorum: int
    voters: frozenset[str]
    action_hash: str
    panel: Panel = Panel.ANY


def check_may_propose(actor: Actor, case: Matter, profile: Profile, pending: State | None) -> None:
    """The keeper, or a member of the board, while the case waits for a decision and nothing is pending.

    On appeal every member of the board who had no part in the case, or a keeper who took it over since.
    """
    check_has(actor, Permission.DECISION_PROPOSE)
    _check_may_take_part(actor, case, profile, "propose")
    proposing = actor.roles & profile.decision.propose_roles
    if profile.decision.is_appeal(case.stage):
        check_in_panel(actor.id, case.past, Panel.NEW)
        proposing = actor.roles & (profile.decision.propose_roles | profile.decision.vote_roles)
    if not proposing:
        raise NotPermitted(sentence("Decisions are proposed by another role."))
    if not proposing & profile.decision.vote_roles and actor.id != case.keeper:
        raise NotPermitted(
            sentence("Only the keeper of the case or a member of the board proposes a decision.")
        )
    if not profile.decision.outcomes_at(case.stage):
        raise WrongState(sentence("In this stage there is nothing to decide yet."))
    if pending is not None:
        raise WrongState(sentence("There is a proposal in this case already; it must come to its end first."))


def check_may_vote(actor: Actor, case: Matter, proposal: ProposalFacts, profile: Profile) -> None:
    """A member of the board who did not propose, has no tie and has not voted, while the vote is open."""
    check_has(actor, Permission.DECISION_VOTE)
    _check_may_take_part(actor, case, profile, "vote")
    if not actor.roles & profile.decision.vote_roles:
        raise NotPermitted(sentence("Only members of the board vote."))
    if proposal.proposed_by == actor.id:
        raise NotPermitted(sentence("You proposed this decision, so you do not vote on it."))
    if actor.id == case.keeper:
        raise NotPermitted(sentence("You keep this case, so you do not vote on it."))
    if actor.id in proposal.voters:
        raise WrongState(sentence("You have voted. A vote cannot be changed."))
    check_in_panel(actor.id, case.past, proposal.panel)
    _check_state(proposal, case, State.OPEN)


def check_ballot(ballot: Ballot, seen: str) -> None:
    """A vote has a reason, and it is about what the member has read."""
    if not ballot.reason.strip():
        raise WrongState(sentence("Write the reason for your vote."))
    check_seen(ballot.action, seen)


def check_seen(action_hash: str, seen: str) -> None:
    """Nobody signs what was not on the page: ``seen`` is the hash that the page showed."""
    if action_hash != seen:
        raise WrongState(sentence("Read the proposal first: this form belongs to another one."))


def is_complete(proposal: ProposalFacts, case: Matter) -> bool:
    """Whether the votes needed are in; of somebody with a tie, or shut out since, there is none."""
    return len(proposal.voters - case.uncounted(proposal.panel)) >= proposal.quorum


def check_may_become(state: State, following: State) -> None:
    """The table of transitions, for whoever changes the state of a proposal."""
    if following not in TRANSITIONS[state]:
        raise WrongState(sentence("This proposal has come to its end."))


def check_may_read(actor: Actor, case: Matter, profile: Profile) -> None:
    """A role that reads decisions, held by somebody without a tie; a closed case can still be read."""
    check_not_recused(actor, case.ties)
    if not actor.roles & profile.compartment(COMPARTMENT).readers:
        raise NotPermitted(sentence("Decisions and their reasons are not for your role."))


def check_may_see_votes(actor: Actor, case: Matter, proposal: ProposalFacts, profile: Profile) -> None:
    """Nobody, not even somebody who voted, sees a vote before all required votes are in."""
    check_may_read(actor, case, profile)
    if proposal.state in (State.OPEN, State.WITHDRAWN):
        raise WrongState(
            sentence(
                "Votes are shown when all are in: %(have)s of %(quorum)s so far.",
                have=len(proposal.voters),
                quorum=proposal.quorum,
            )
        )


def check_may_second(actor: Actor, case: Matter, proposal: ProposalFacts, profile: Profile) -> None:
    """A second person, neither the proposer nor the keeper, without a tie, once all votes are in (law 3).

    This is who may look at the whole and answer it, by signature or by returning it.
    """
    check_has(actor, Permission.DECISION_COUNTERSIGN)
    _check_may_take_part(actor, case, profile, "countersign")
    if not actor.roles & profile.decision.countersign_roles:
        raise NotPermitted(sentence("Decisions are countersigned by another role."))
    if proposal.proposed_by == actor.id:
        raise NotPermitted(sentence("You proposed this decision; someone else must countersign it."))
    if actor.id == case.keeper:
        raise NotPermitted(sentence("You keep this case; someone else must countersign its decision."))
    check_in_panel(actor.id, case.past, proposal.panel)
    if proposal.panel is Panel.NEW and actor.id in proposal.voters:
        raise NotPermitted(sentence("You voted on this appeal; someone else must countersign it."))
    _check_state(proposal, case, State.VOTED)


def check_may_countersign(actor: Actor, case: Matter, proposal: ProposalFacts, profile: Profile) -> None:
    """As ``check_may_second``, and neither the proposer nor those who make the quorum have a tie (law 4)."""
    check_may_second(actor, case, proposal, profile)
    if proposal.proposed_by in case.ties:
        raise WrongState(
            sentence(
                "Whoever proposed this has declared a tie since. Return it, so that somebody else proposes."
            )
        )
    if not is_complete(proposal, case):
        raise WrongState(
            sentence(
                "A member who voted has declared a tie since, and the quorum is lost. Return the proposal."
            )
        )


def check_carried(ballots: Collection[Ballot], case: Matter, proposal: ProposalFacts) -> None:
    """Every ballot belongs to this proposal and its voter, and more of the untied agree than disagree."""
    if any(ballot.action != proposal.action_hash for ballot in ballots):
        raise WrongState(sentence("A sealed vote belongs to another proposal. Nothing was countersigned."))
    if {ballot.voter for ballot in ballots} != proposal.voters or len(ballots) != len(proposal.voters):
        raise WrongState(sentence("The sealed votes are not those of the members who voted."))
    if not is_carried(ballots, case.uncounted(proposal.panel)):
        raise WrongState(sentence("The board did not agree to this proposal. It can only be returned."))


def is_carried(ballots: Iterable[Ballot], uncounted: frozenset[str]) -> bool:
    """Whether more members agree than disagree; the votes of the ``uncounted`` are on neither side."""
    choices = [ballot.choice for ballot in ballots if ballot.voter not in uncounted]
    return choices.count(Choice.AGREE) > choices.count(Choice.DISAGREE)


def check_may_withdraw(actor: Actor, case: Matter, proposal: ProposalFacts) -> None:
    """Whoever proposed it, or the keeper, while the vote is open, even when the case has moved on."""
    check_has(actor, Permission.DECISION_PROPOSE)
    check_not_recused(actor, case.ties)
    if actor.id not in (proposal.proposed_by, case.keeper):
        raise NotPermitted(
            sentence("Only whoever proposed this, or the keeper of the case, can withdraw it.")
        )
    if proposal.state is not State.OPEN:
        raise WrongState(sentence("This proposal can no longer be withdrawn."))


why_not_propose = why_not(check_may_propose)
why_not_vote = why_not(check_may_vote)
why_not_read = why_not(check_may_read)
why_not_see_votes = why_not(check_may_see_votes)
why_not_second = why_not(check_may_second)
why_not_countersign = why_not(check_may_countersign)
why_not_withdraw = why_not(check_may_withdraw)


def _check_may_take_part(actor: Actor, case: Matter, profile: Profile, act: str) -> None:
    """No tie (law 4), no evidence that keeps its recorder from this act (law 3), and the case is open."""
    check_not_recused(actor, case.ties)
    check_may_decide(act, case.recorded_by(actor.id, profile))
    # From an end leads back only what a review of the conditions has opened.
    if case.closed and not case.facts.breached:
        raise WrongState(sentence("This case is closed."))


def _check_state(proposal: ProposalFacts, case: Matter, wanted: State) -> None:
    if proposal.state is State.OPEN and wanted is State.VOTED:
        raise WrongState(
            sentence(
                "The vote is still open: %(have)s of %(quorum)s votes are in.",
                have=len(proposal.voters),
                quorum=proposal.quorum,
            )
        )
    if proposal.state is State.VOTED and wanted is State.OPEN:
        raise WrongState(sentence("The vote on this proposal is closed."))
    if proposal.state is not wanted:
        raise WrongState(sentence("This proposal has come to its end."))
    if proposal.stage != case.stage:
        raise WrongState(sentence("The case has moved on since this was proposed."))
