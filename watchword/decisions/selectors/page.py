# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decisions of a case as one person may see them, with the reason beside everything not open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.core.procedure import Text
from watchword.core.procedure.decision import Outcome, Panel
from watchword.core.procedure.grounds import Guideline
from watchword.core.refusals import Sentence, sentence
from watchword.decisions import outcomes, rules
from watchword.decisions.action import spoken
from watchword.decisions.conditions.rules import Conditions, why_not_review
from watchword.decisions.conditions.selectors import ReviewRow, conditions_of, reviews_of
from watchword.decisions.models import Proposal
from watchword.decisions.rules import PENDING, State
from watchword.decisions.selectors.appeals import Member, members
from watchword.decisions.selectors.board import Board, board_by_code
from watchword.profiles import known

STATES: Mapping[State, Sentence] = {
    State.OPEN: sentence("The board is voting"),
    State.VOTED: sentence("All votes are in: waits for the second signature"),
    State.COUNTERSIGNED: sentence("Countersigned"),
    State.RETURNED: sentence("Returned without a signature"),
    State.WITHDRAWN: sentence("Withdrawn"),
}


@dataclass(frozen=True)
class ProposalRow:
    """One proposal in codes and names; what it says lies sealed. A ``why_not`` of None: the way is open."""

    uid: str
    outcome: Text
    refusal: bool
    state: State
    state_words: Sentence
    round: int
    by: str
    at: datetime
    voters: tuple[str, ...]
    quorum: int
    panel: Panel
    words: tuple[str, ...]
    hash: str
    countersigned_by: str
    decided: datetime | None
    until: date | None
    returned: bool
    why_not_vote: Sentence | None
    why_not_see_votes: Sentence | None
    why_not_second: Sentence | None
    why_not_countersign: Sentence | None
    why_not_withdraw: Sentence | None

    @property
    def pending(self) -> bool:
        """Whether it waits for somebody."""
        return self.state in PENDING


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome that can be proposed in this stage, with what it still needs."""

    id: str
    title: Text
    refusal: bool
    missing: tuple[Sentence, ...]


@dataclass(frozen=True)
class BoardPage:
    """Everything on the page."""

    uid: str
    code: str
    stage: Text
    language: str
    outcomes: tuple[OutcomeRow, ...]
    guidelines: tuple[Guideline, ...]
    sources: tuple[tuple[str, Text], ...]
    proposals: tuple[ProposalRow, ...]
    members: tuple[Member, ...]
    conditions: Conditions | None
    reviews: tuple[ReviewRow, ...]
    why_not_review: Sentence | None
    why_not_propose: Sentence | None
    why_not_read: Sentence | None


def board_page(code: str, *, viewer: Actor, now: datetime) -> BoardPage:
    """The page; NotFound for whoever may not know of the case."""
    table = board_by_code(code, viewer=viewer, now=now)
    profile = table.profile
    why_not_read = rules.why_not_read(viewer, table.matter, profile)
    conditions = conditions_of(table.case_uid, profile)
    made = (
        Proposal.objects.filter(case=table.case_uid)
        .select_related("decision")
        .order_by("-at", "-round", "uid")
    )
    return BoardPage(
        uid=table.case_uid,
        code=table.code,
        stage=profile.stage(table.matter.stage).title,
        language=table.language,
        outcomes=tuple(_outcome(one, table) for one in profile.decision.outcomes_at(table.matter.stage)),
        guidelines=profile.guidelines,
        sources=tuple((source.id, source.title) for source in profile.ground_sources),
        proposals=() if why_not_read else tuple(proposal_row(one, table, viewer) for one in made),
        members=members(table),
        conditions=conditions,
        reviews=reviews_of(table.case_uid),
        why_not_review=why_not_review(viewer, table.matter, profile, conditions),
        why_not_propose=rules.why_not_propose(viewer, table.matter, profile, table.pending),
        why_not_read=why_not_read,
    )


def proposal_row(one: Proposal, table: Board, viewer: Actor) -> ProposalRow:
    """One proposal with what this person may do about it."""
    facts, matter, profile = one.facts(), table.matter, table.profile
    outcome = known(profile, lambda version: version.outcome(one.outcome))
    decision = getattr(one, "decision", None)
    staff = names({one.proposed_by_id, *facts.voters, *([decision.countersigned_by_id] if decision else [])})
    return ProposalRow(
        uid=one.uid,
        outcome=outcome.title,
        refusal=outcomes.is_refusal(outcome),
        state=facts.state,
        state_words=STATES[facts.state],
        round=one.round,
        by=staff.get(one.proposed_by_id, ""),
        at=one.at,
        voters=tuple(sorted(staff.get(voter, "") for voter in facts.voters)),
        quorum=one.quorum,
        panel=facts.panel,
        words=spoken(one.action_hash),
        hash=one.action_hash,
        countersigned_by=staff.get(decision.countersigned_by_id, "") if decision else "",
        decided=decision.at if decision else None,
        until=decision.until if decision else None,
        returned=one.answer_id is not None,
        why_not_vote=rules.why_not_vote(viewer, matter, facts, profile),
        why_not_see_votes=rules.why_not_see_votes(viewer, matter, facts, profile),
        why_not_second=rules.why_not_second(viewer, matter, facts, profile),
        why_not_countersign=rules.why_not_countersign(viewer, matter, facts, profile),
        why_not_withdraw=rules.why_not_withdraw(viewer, matter, facts),
    )


def _outcome(outcome: Outcome, table: Board) -> OutcomeRow:
    missing = outcomes.missing(outcome, table.matter.facts)
    return OutcomeRow(outcome.id, outcome.title, outcomes.is_refusal(outcome), missing)
