# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a decision comes about: who proposes, votes and countersigns, and what can come out of it."""

from collections.abc import Collection
from dataclasses import dataclass

from watchword.core.procedure.need_words import Vocabulary, read_needs
from watchword.core.procedure.needs import Need
from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import sentence


@dataclass(frozen=True)
class Outcome:
    """One decision that can be proposed.

    ``at_stage``: the stage in which it can be proposed; ``to_stage``: where the case goes once countersigned.
    ``adverse``: against the applicant, so that the law of grounds applies. ``needs_reply``: announced with
    its reasons first and final only after the applicant could reply. ``letter``: the template that announces
    it. ``needs``: what must be true besides the countersigned proposal.
    """

    id: str
    title: Text
    applicant_text: Text
    at_stage: str
    to_stage: str
    letter: str
    adverse: bool
    needs_reply: bool
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class DecisionDef:
    """The board: its quorum, the roles of each act, the outcomes, and the days for a reply to reasons."""

    quorum: int
    propose_roles: frozenset[str]
    vote_roles: frozenset[str]
    countersign_roles: frozenset[str]
    reply_days: int
    outcomes: tuple[Outcome, ...]

    def outcomes_at(self, stage: str) -> tuple[Outcome, ...]:
        """Return the outcomes that can be proposed while a case is in ``stage``."""
        return tuple(outcome for outcome in self.outcomes if outcome.at_stage == stage)


def read_decision(
    table: Table,
    roles: Collection[str],
    stages: Collection[str],
    letters: Collection[str],
    vocabulary: Vocabulary,
) -> DecisionDef:
    """Read the ``[decision]`` table. A board of one is a fault: two people decide, or nobody does."""
    decision = DecisionDef(
        quorum=table.integer("quorum", least=2),
        propose_roles=frozenset(table.names("propose_roles", among=roles)),
        vote_roles=frozenset(table.names("vote_roles", among=roles)),
        countersign_roles=frozenset(table.names("countersign_roles", among=roles)),
        reply_days=table.integer("reply_days", least=20),
        outcomes=tuple(_read_outcome(row, stages, letters, vocabulary) for row in table.tables("outcomes")),
    )
    if not decision.outcomes:
        table.note("outcomes", sentence("the list is empty"))
    table.refuse_unknown()
    return decision


def _read_outcome(
    table: Table, stages: Collection[str], letters: Collection[str], vocabulary: Vocabulary
) -> Outcome:
    outcome = Outcome(
        id=table.name("id"),
        title=table.text("title"),
        applicant_text=table.text("applicant_text"),
        at_stage=table.name("at_stage", among=stages),
        to_stage=table.name("to_stage", among=stages),
        letter=table.name("letter", among=letters),
        adverse=table.flag("adverse"),
        needs_reply=table.flag("needs_reply"),
        needs=read_needs(table, "needs", vocabulary),
    )
    table.refuse_unknown()
    return outcome
