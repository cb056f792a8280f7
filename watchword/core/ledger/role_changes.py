# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two administrators for every change of a role: one proposes, another confirms, neither is concerned by it.

A role may be taken away by one alone, at once; another looks at it afterwards. Nothing is ever given so.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from watchword.core.ledger.acts import ADMINISTRATOR, LONGEST_MANDATE, MANDATES, Act
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault

ANSWERED: Mapping[Act, Act] = MappingProxyType(
    {
        Act.ROLE_GRANT: Act.ROLE_PROPOSE,
        Act.ROLE_REVOKE: Act.ROLE_PROPOSE_REVOKE,
        Act.ROLE_REVOKE_SECOND: Act.ROLE_REVOKE_NOW,
    }
)
"""What another administrator must have done before, about the same person and role."""

_BEGIN = frozenset(ANSWERED.values())
_GIVES = frozenset({Act.ROLE_PROPOSE, Act.ROLE_GRANT})
ACTS = frozenset({*ANSWERED, *_BEGIN, Act.ROLE_DROP})
"""Every act that this rule judges."""


@dataclass(slots=True)
class RoleChanges:
    """What is proposed and by whom, after the entries taken so far."""

    _open: dict[tuple[Act, str, str], tuple[str, int | None]] = field(default_factory=dict)
    _any_grant: bool = False

    def objections(
        self, statement: Statement, administrators: Collection[str]
    ) -> Iterator[tuple[Fault, str]]:
        """What is wrong with this act; ``administrators`` are those of this point of the log."""
        act, staff, role = _named(statement)
        if staff == statement.actor:
            yield Fault.GRANT_SELF, f"{statement.actor} changed a role of their own"
        if act is Act.ROLE_DROP:
            if not self._proposals(staff, role):
                yield Fault.SECOND_UNPROPOSED, "nobody proposed what is dropped here"
            return
        if act in _GIVES:
            yield from _mandate(statement, role)
        if act in ANSWERED and not self._is_founding(act, role):
            yield from self._second(act, statement, administrators)

    def apply(self, statement: Statement) -> None:
        """Take note of an act that nothing is wrong with."""
        act, staff, role = _named(statement)
        if act in _BEGIN:
            self._open[act, staff, role] = statement.actor, ends(statement)
        elif act in ANSWERED:
            self._open.pop((ANSWERED[act], staff, role), None)
        else:
            for proposal in self._proposals(staff, role):
                del self._open[proposal]
        self._any_grant |= act is Act.ROLE_GRANT

    def _proposals(self, staff: str, role: str) -> list[tuple[Act, str, str]]:
        kinds = (Act.ROLE_PROPOSE, Act.ROLE_PROPOSE_REVOKE)
        return [(act, staff, role) for act in kinds if (act, staff, role) in self._open]

    def _is_founding(self, act: Act, role: str) -> bool:
        """The founder makes the second administrator, and nothing else, before anybody could confirm."""
        return act is Act.ROLE_GRANT and role == ADMINISTRATOR and not self._any_grant

    def _second(
        self, act: Act, statement: Statement, administrators: Collection[str]
    ) -> Iterator[tuple[Fault, str]]:
        _, staff, role = _named(statement)
        proposer, until = self._open.get((ANSWERED[act], staff, role), (None, None))
        if proposer is None or until != ends(statement):
            yield Fault.SECOND_UNPROPOSED, f"nobody proposed this about {staff} and {role} before"
        elif proposer == statement.actor:
            yield Fault.SECOND_SELF, f"{statement.actor} proposed this and must not be the second person"
        elif act is not Act.ROLE_REVOKE_SECOND and proposer not in administrators:
            yield Fault.SECOND_UNPROPOSED, f"{proposer}, who proposed this, is no administrator any more"


def ends(statement: Statement) -> int | None:
    """The minute after which the role is held no more; None where it has no end."""
    return cast("int | None", statement.public.get("until"))


def _mandate(statement: Statement, role: str) -> Iterator[tuple[Fault, str]]:
    """Whoever watches the others does so until a day that two named, and not for long."""
    until = ends(statement)
    if role not in MANDATES:
        if until is not None:
            yield Fault.MANDATE_WRONG, f"the role {role} has no end"
    elif until is None or not statement.at < until <= statement.at + LONGEST_MANDATE:
        yield Fault.MANDATE_WRONG, f"the role {role} is given until a day, at most ninety days ahead"


def _named(statement: Statement) -> tuple[Act, str, str]:
    public = cast("Mapping[str, str]", statement.public)
    return statement.act, public["staff"], public["role"]
