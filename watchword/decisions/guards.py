# SPDX-License-Identifier: AGPL-3.0-or-later
"""What no constraint on one row can say: the writes that the database itself refuses, even to raw SQL.

A guard names a table, an event and a condition over NEW and OLD under which the write is refused. The same
condition serves SQLite, where it stands in a trigger, and PostgreSQL, where it stands in a function.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """One refusal: ``event`` on ``table`` while ``condition`` is true, answered with ``message``."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def _of_proposal(column: str) -> str:
    return f"(SELECT p.{column} FROM decisions_proposal p WHERE p.uid = NEW.proposal_id)"  # noqa: S608 - our own words


def _tied(case: str, staff: str) -> str:
    return f"EXISTS (SELECT 1 FROM cases_tie t WHERE t.case_id = {case} AND t.staff_id = {staff})"  # noqa: S608


def _votes(proposal: str) -> str:
    """How many votes count: those by members without a tie."""
    tied = _tied("NEW.case_id", "v.staff_id")
    return f"(SELECT count(*) FROM decisions_vote v WHERE v.proposal_id = {proposal} AND NOT {tied})"  # noqa: S608


def _decided_in(proposal: str, staff: str) -> str:
    """Whether this person proposed it, voted on it or countersigned it."""
    voted = _exists("decisions_vote v", f"v.proposal_id = {proposal}.uid AND v.staff_id = {staff}")
    signed = _exists(
        "decisions_decision d", f"d.proposal_id = {proposal}.uid AND d.countersigned_by_id = {staff}"
    )
    return f"({proposal}.proposed_by_id = {staff} OR {voted} OR {signed})"


def _shut_out(mine: str, staff: str) -> str:
    """Whether the panel of the proposal ``mine`` shuts this person out, by what this database can tell.

    Others than those of the decision before confirm a refusal. On appeal nobody decides who recorded evidence
    in the case or took part in a decision of it; the rules look further, into the timeline.
    """
    decided = _decided_in("p", staff)
    before = f"m.panel = 'others' AND p.round = m.round - 1 AND p.state = 'countersigned' AND {decided}"
    earlier = f"m.panel = 'new' AND p.panel <> 'new' AND {decided}"
    both = "decisions_proposal m JOIN decisions_proposal p ON p.case_id = m.case_id"
    seen = "decisions_proposal m JOIN cases_evidencemark e ON e.case_id = m.case_id"
    return _any(
        _exists(both, f"m.uid = {mine} AND {before}"),
        _exists(both, f"m.uid = {mine} AND {earlier}"),
        _exists(seen, f"m.uid = {mine} AND m.panel = 'new' AND e.staff_id = {staff}"),
    )


def _exists(tables: str, condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM {tables} WHERE {condition})"  # noqa: S608 - our own words


def _any(*conditions: str) -> str:
    return " OR ".join(f"({condition})" for condition in conditions)


_STEPS = _any(
    "NEW.state = OLD.state",
    "OLD.state = 'open' AND NEW.state = 'withdrawn'",
    f"OLD.state = 'open' AND NEW.state = 'voted' AND {_votes('NEW.uid')} >= NEW.quorum",
    "OLD.state = 'voted' AND NEW.state = 'returned'",
    "OLD.state = 'voted' AND NEW.state = 'countersigned'"
    " AND EXISTS (SELECT 1 FROM decisions_decision d WHERE d.proposal_id = NEW.uid)",
)
_VOTED_AND_SIGNS = _exists(
    "decisions_vote v", "v.proposal_id = NEW.proposal_id AND v.staff_id = NEW.countersigned_by_id"
)
_FIXED = ("uid", "case_id", "stage", "round", "outcome", "proposed_by_id", "at", "panel")
_SEALED = ("record_id", "action_hash", "independent_grounds", "quorum")
_AS_PROPOSED = ("case_id", "outcome", "proposed_by_id", "action_hash", "independent_grounds")

GUARDS: Sequence[Guard] = (
    Guard(
        "decisions_proposal_begins_open",
        "decisions_proposal",
        "INSERT",
        _any(
            "NEW.state <> 'open'",
            _tied("NEW.case_id", "NEW.proposed_by_id"),
            # SQLite's INSERT OR REPLACE would otherwise put another proposal under a name that was voted on.
            "EXISTS (SELECT 1 FROM decisions_proposal p WHERE p.uid = NEW.uid)",
        ),
        "a proposal begins open, by somebody without a tie to the applicant",
    ),
    Guard(
        "decisions_proposal_stays",
        "decisions_proposal",
        "UPDATE",
        _any(
            *(f"NEW.{column} <> OLD.{column}" for column in _FIXED + _SEALED),
            "NEW.answer_id IS NOT NULL AND NEW.state <> 'returned'",
            "OLD.state = 'returned' AND NEW.answer_id <> OLD.answer_id",
        ),
        "what was proposed does not change; propose anew",
    ),
    Guard(
        "decisions_proposal_goes_on",
        "decisions_proposal",
        "UPDATE",
        f"NOT ({_STEPS})",
        "a proposal is voted on by its quorum, then countersigned or returned, and no other way",
    ),
    Guard(
        "decisions_vote_is_allowed",
        "decisions_vote",
        "INSERT",
        _any(
            f"{_of_proposal('state')} <> 'open'",
            f"{_of_proposal('proposed_by_id')} = NEW.staff_id",
            _tied(_of_proposal("case_id"), "NEW.staff_id"),
            "EXISTS (SELECT 1 FROM decisions_vote v"
            " WHERE v.uid = NEW.uid OR v.proposal_id = NEW.proposal_id AND v.staff_id = NEW.staff_id)",
        ),
        "a vote is cast once, on an open proposal, by somebody else than its proposer and without a tie",
    ),
    Guard(
        "decisions_vote_is_of_the_panel",
        "decisions_vote",
        "INSERT",
        _shut_out("NEW.proposal_id", "NEW.staff_id"),
        "whoever had a part in what was decided before does not vote on what confirms or reviews it",
    ),
    Guard("decisions_vote_stays", "decisions_vote", "UPDATE", "1 = 1", "a vote does not change"),
    Guard(
        "decisions_vote_stays_held",
        "vault_sealedrecord",
        "UPDATE",
        "OLD.held AND NOT NEW.held AND EXISTS (SELECT 1 FROM decisions_vote v JOIN decisions_proposal p"
        " ON p.uid = v.proposal_id WHERE v.record_id = NEW.uid AND p.state = 'open')",
        "a ballot is held back until all votes are in",
    ),
    Guard(
        "decisions_decision_is_of_two",
        "decisions_decision",
        "INSERT",
        _any(
            f"{_of_proposal('state')} <> 'voted'",
            *(f"NEW.{column} <> {_of_proposal(column)}" for column in _AS_PROPOSED),
            f"{_votes('NEW.proposal_id')} < {_of_proposal('quorum')}",
            "NEW.countersigned_by_id = (SELECT c.keeper_id FROM cases_case c WHERE c.uid = NEW.case_id)",
            _tied("NEW.case_id", "NEW.countersigned_by_id"),
            _tied("NEW.case_id", "NEW.proposed_by_id"),
        ),
        "a decision is what the board voted on, countersigned by neither the keeper nor anybody with a tie",
    ),
    Guard(
        "decisions_decision_is_of_the_panel",
        "decisions_decision",
        "INSERT",
        _any(
            _shut_out("NEW.proposal_id", "NEW.countersigned_by_id"),
            f"{_of_proposal('panel')} = 'new' AND ({_shut_out('NEW.proposal_id', 'NEW.proposed_by_id')})",
            f"{_of_proposal('panel')} = 'new' AND {_VOTED_AND_SIGNS}",
        ),
        "a confirmation is signed by somebody else than the decision before, an appeal by somebody new",
    ),
    Guard(
        "decisions_review_is_of_the_untied",
        "decisions_review",
        "INSERT",
        _any(
            _tied("NEW.case_id", "NEW.by_id"),
            _exists("decisions_review r", "r.uid = NEW.uid"),
            f"NOT {_exists('decisions_decision d', 'd.uid = NEW.decision_id AND d.case_id = NEW.case_id')}",
        ),
        "conditions are reviewed once at a time, in their own case, by somebody without a tie",
    ),
    Guard("decisions_review_stays", "decisions_review", "UPDATE", "1 = 1", "a review does not change"),
    Guard(
        "decisions_decision_stays",
        "decisions_decision",
        "UPDATE",
        "1 = 1",
        "a decision does not change; it is followed by another",
    ),
)
