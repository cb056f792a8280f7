# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a decision comes about: who proposes, votes and countersigns, and what can come out of it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from watchword.core.procedure.need_words import Vocabulary, read_needs
from watchword.core.procedure.needs import Need
from watchword.core.procedure.needs_of_appeals import Breached
from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import sentence


class Panel(StrEnum):
    """Who votes and signs: any member; others than those of the decision before; those without any part."""

    ANY = "any"
    OTHERS = "others"
    NEW = "new"


@dataclass(frozen=True)
class Outcome:
    """One decision that can be proposed.

    ``at_stage``: the stage in which it can be proposed; ``to_stage``: where the case goes once countersigned.
    ``adverse``: against the applicant, so that the law of grounds applies. ``needs_reply``: announced with
    its reasons first and final only after the applicant could reply. ``letter``: the template that announces
    it. ``needs``: what must be true besides the countersigned proposal. ``panel``: who votes and signs.
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
    panel: Panel = Panel.ANY


@dataclass(frozen=True)
class Appeal:
    """The way to other people. ``open_stage``: where a refusal waits for it, for as long as its clock runs.

    ``stage``: where it is decided. ``quorum``: how many vote. ``acknowledge_days``: for the letter that says
    that it has come in.
    """

    open_stage: str
    stage: str
    quorum: int
    acknowledge_days: int


@dataclass(frozen=True)
class DecisionDef:
    """The board: its quorum, the roles of each act, the outcomes, and the days for a reply to reasons.

    ``appeal`` is None in a procedure that has none.
    """

    quorum: int
    propose_roles: frozenset[str]
    vote_roles: frozenset[str]
    countersign_roles: frozenset[str]
    reply_days: int
    outcomes: tuple[Outcome, ...]
    appeal: Appeal | None = None

    def quorum_at(self, stage: str) -> int:
        """Return how many votes a proposal made in ``stage`` needs."""
        return self.appeal.quorum if self.appeal and stage == self.appeal.stage else self.quorum

    def is_appeal(self, stage: str) -> bool:
        """Whether ``stage`` is the one in which appeals are decided."""
        return self.appeal is not None and stage == self.appeal.stage

    def decides_at(self, stage: str) -> bool:
        """Whether a case in ``stage`` waits for a decision; one after a breach is waited for by nobody."""
        return any(Breached() not in outcome.needs for outcome in self.outcomes_at(stage))

    def has_own_list(self, stage: str) -> bool:
        """Whether what waits in ``stage`` waits for the board, or for an appeal that may never come."""
        return self.decides_at(stage) or (self.appeal is not None and stage == self.appeal.open_stage)

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
        appeal=_read_appeal(table.table("appeal"), stages) if table.has("appeal") else None,
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
        panel=Panel(table.name("panel", among=tuple(Panel))) if table.has("panel") else Panel.ANY,
    )
    table.refuse_unknown()
    return outcome


def _read_appeal(table: Table, stages: Collection[str]) -> Appeal:
    """Fewer than three who look anew are no appeal."""
    appeal = Appeal(
        open_stage=table.name("open_stage", among=stages),
        stage=table.name("stage", among=stages),
        quorum=table.integer("quorum", least=3),
        acknowledge_days=table.integer("acknowledge_days", least=1),
    )
    table.refuse_unknown()
    return appeal
