# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the stages of a profile, and gives each the exits that follow from outcomes and withdrawal."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from watchword.core.procedure.decision import DecisionDef
from watchword.core.procedure.need_words import Vocabulary, read_needs
from watchword.core.procedure.needs import Countersigned
from watchword.core.procedure.roles import APPLICANT
from watchword.core.procedure.stages import Exit, Holder, Stage
from watchword.core.procedure.tables import Table
from watchword.core.procedure.text import Text
from watchword.core.refusals import sentence

HOLDERS = ("desk", "applicant")


@dataclass(frozen=True)
class Withdrawal:
    """How an applicant leaves: the action, the stage it leads to and the words of its button."""

    action: str
    to: str
    title: Text


@dataclass(frozen=True)
class Names:
    """What a stage may name."""

    stages: Collection[str]
    roles: Collection[str]
    compartments: Collection[str]
    vocabulary: Vocabulary


def read_withdrawal(table: Table, stages: Collection[str]) -> Withdrawal:
    """Read the ``[withdrawal]`` table."""
    withdrawal = Withdrawal(table.name("action"), table.name("to", among=stages), table.text("title"))
    table.refuse_unknown()
    return withdrawal


def read_stage(table: Table, names: Names) -> Stage:
    """Read one ``[[stages]]`` table with the exits written in it."""
    stage = Stage(
        id=table.name("id"),
        title=table.text("title"),
        applicant_title=table.text("applicant_title"),
        applicant_hint=table.text("applicant_hint"),
        clock_days=table.optional_integer("clock_days", least=1),
        clock_holder=_read_holder(table),
        seen_by=frozenset(table.names("seen_by", among=names.roles)),
        replies_to=table.name("replies_to", among=names.compartments),
        final=table.flag("final"),
        purge_days=table.optional_integer("purge_days"),
        exits=tuple(_read_exit(row, names) for row in table.tables("exits")),
    )
    _note_contradictions(table, stage)
    table.refuse_unknown()
    return stage


def with_derived_exits(stage: Stage, decision: DecisionDef, withdrawal: Withdrawal) -> Stage:
    """Add the exits nobody has to write down: first one for each outcome of the board, last withdrawal.

    That the applicant can leave every unfinished stage is a law of the house, not a choice of a profile.
    From an end only a decision leads back.
    """
    decided = tuple(
        Exit(
            action=outcome.id,
            to=outcome.to_stage,
            title=outcome.title,
            by=decision.countersign_roles,
            needs=(*outcome.needs, Countersigned(outcome.id, outcome.title)),
        )
        for outcome in decision.outcomes_at(stage.id)
    )
    if not decision.decides_at(stage.id):
        # The first exit is the way on: what only a breach opens comes last.
        stage, decided = replace(stage, exits=(*stage.exits, *decided)), ()
    if stage.final:
        return stage
    leave = Exit(withdrawal.action, withdrawal.to, withdrawal.title, frozenset({APPLICANT}), ())
    return replace(stage, exits=(*decided, *stage.exits, leave))


def _read_holder(table: Table) -> Holder:
    named = table.name("clock_holder", among=HOLDERS) if table.has("clock_holder") else "desk"
    return "applicant" if named == "applicant" else "desk"


def _read_exit(table: Table, names: Names) -> Exit:
    way = Exit(
        action=table.name("id"),
        to=table.name("to", among=names.stages),
        title=table.text("title"),
        by=frozenset(table.names("by", among=names.roles)),
        needs=read_needs(table, "needs", names.vocabulary),
    )
    table.refuse_unknown()
    return way


def _note_contradictions(table: Table, stage: Stage) -> None:
    if stage.final and (stage.exits or stage.clock_days is not None):
        table.note("final", sentence("a final stage has neither exits nor a clock"))
    if not stage.final and stage.purge_days is not None:
        table.note("purge_days", sentence("only the records of a final stage are destroyed by a clock"))
