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
_FIXED = ("uid", "case_id", "stage", "round", "outcome", "proposed_by_id", "at")
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
        "decisions_decision_stays",
        "decisions_decision",
        "UPDATE",
        "1 = 1",
        "a decision does not change; it is followed by another",
    ),
)
