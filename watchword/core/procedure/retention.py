# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk erases by itself, when: the last resort after people were asked to do it by hand."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from watchword.core.procedure.errors import Problem
from watchword.core.procedure.stages import Stage
from watchword.core.procedure.tables import Table
from watchword.core.refusals import sentence

LEAST_DAYS = 14
"""Whoever takes a Gate over can make up withdrawals; in two weeks somebody notices and stops the Desk."""


@dataclass(frozen=True)
class Retention:
    """One rule. ``days`` after a case ended in ``stage`` its ``compartments`` go, or all where none is named.

    How a case ended stands in its last stage: a refusal, a withdrawal and a redirection end in stages of
    their own, and none of them while a clock of a reply or of an appeal runs.
    """

    id: str
    stage: str
    days: int
    compartments: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether everything that is sealed goes."""
        return not self.compartments

    def day(self, ended: date) -> date:
        """The first day on which the rule erases what is in a case that ended on this day."""
        return ended + timedelta(days=self.days)


def read_retention(table: Table, stages: Collection[str], compartments: Collection[str]) -> Retention:
    """Read one ``[[retention]]`` table."""
    named = table.names("compartments", among=compartments) if table.has("compartments") else ()
    rule = Retention(
        id=table.name("id"),
        stage=table.name("stage", among=stages),
        days=table.integer("days", least=LEAST_DAYS),
        compartments=named,
    )
    table.refuse_unknown()
    return rule


def retention_problems(
    file: str, rules: Collection[Retention], stages: Collection[Stage]
) -> Iterator[Problem]:
    """Yield a problem for each rule that would erase what is waited for, or what nobody was asked about."""
    by_id = {stage.id: stage for stage in stages}
    for number, rule in enumerate(rules):
        stage, where = by_id[rule.stage], f"retention[{number}]"
        if not stage.final:
            what = sentence("only what lies in a final stage is erased by itself")
            yield Problem(file, f"{where}.stage", what)
        elif rule.whole and (stage.purge_days is None or rule.days <= stage.purge_days):
            what = sentence("people are asked first: the stage needs purge_days, and fewer than this rule")
            yield Problem(file, f"{where}.days", what)
