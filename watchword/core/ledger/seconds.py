# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rule of two: an act that counts only after another person did the one that it answers, about the same.

A case's records may be shredded by one person once its applicant has withdrawn: it was asked for already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import RULES, Act
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault

ACTS = frozenset(act for act, rule in RULES.items() if rule.answers)
"""Every act that this rule judges."""

_BEGIN = frozenset(RULES[act].answers for act in ACTS)


@dataclass(slots=True)
class Seconds:
    """Who did what others may answer, and whose applicants have withdrawn, after the entries taken so far."""

    _done: dict[tuple[Act, bytes, str], set[str]] = field(default_factory=dict)
    _withdrawn: set[bytes] = field(default_factory=set)

    def objections(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        """What is wrong with this act as an answer to another person's."""
        answered = cast("Act", RULES[statement.act].answers)
        if statement.act is Act.SHRED and statement.case in self._withdrawn:
            return
        before = self._done.get((answered, *action(statement)))
        if not before:
            yield Fault.SECOND_UNPROPOSED, "nobody proposed this action on this case before"
        elif statement.actor in before:
            yield Fault.SECOND_SELF, f"{statement.actor} proposed this and must not be the second person"

    def apply(self, statement: Statement) -> None:
        """Take note of an act that nothing is wrong with."""
        if statement.act in _BEGIN:
            self._done.setdefault((statement.act, *action(statement)), set()).add(statement.actor)
        elif statement.act is Act.CASE_WITHDRAW:
            self._withdrawn.add(statement.case)
        elif statement.act is Act.SHRED_DROP:
            self._done.pop((Act.SHRED_ASK, *action(statement)), None)


def action(statement: Statement) -> tuple[bytes, str]:
    """The case and the hash of the action: the same words about another case are another action."""
    return statement.case, cast("str", statement.public["action"])
