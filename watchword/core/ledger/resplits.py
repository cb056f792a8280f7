# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is in custody split anew because a seat is distrusted: two administrators say so, trusted seats do it.

That a second administrator confirmed, the rule of two judges. Here stands what such a ceremony allows until
it is ended: batches asked by holders of other seats, and shares of other seats.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import cast

from watchword.core.ledger.acts import SEATS, Act
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault

ACTS = frozenset({Act.RESPLIT_DROP, Act.RESPLIT_END})
"""Every act that this rule judges."""


def seats_in(mask: int) -> frozenset[str]:
    """The seats that an entry names: bit 0 is ``custodian-1``."""
    return frozenset(seat for place, seat in enumerate(SEATS) if mask >> place & 1)


@dataclass(slots=True)
class Resplits:
    """The ceremonies by the hash of what was agreed: their distrusted seats, once confirmed; those over."""

    _proposed: dict[str, int] = field(default_factory=dict)
    _confirmed: dict[str, frozenset[str]] = field(default_factory=dict)
    _over: set[str] = field(default_factory=set)

    def objections(self, statement: Statement) -> Iterator[tuple[Fault, str]]:
        """What is wrong with dropping or ending a ceremony."""
        known = self._confirmed if statement.act is Act.RESPLIT_END else self._proposed
        if _action(statement) not in known.keys() - self._over:
            yield Fault.SECOND_UNPROPOSED, "there is no such ceremony, or it is over"

    def apply(self, statement: Statement) -> None:
        """Take note of an act that nothing is wrong with."""
        match statement.act:
            case Act.RESPLIT_PROPOSE:
                self._proposed[_action(statement)] = cast("int", statement.public["distrusted"])
            case Act.RESPLIT_CONFIRM:
                # The seats of the proposal: nobody confirms others than were proposed.
                self._confirmed[_action(statement)] = seats_in(self._proposed[_action(statement)])
            case Act.RESPLIT_DROP | Act.RESPLIT_END:
                self._over.add(_action(statement))
            case _:
                pass

    def is_on(self, ceremony: str) -> bool:
        """Whether two administrators have confirmed it, and nobody has ended it since."""
        return ceremony in self._confirmed and ceremony not in self._over

    def of_others(self, who: str, roles: Collection[str], ceremony: str) -> Iterator[tuple[Fault, str]]:
        """What is wrong with somebody who asks or gives: they have a seat, and none that is distrusted."""
        seats = frozenset(SEATS).intersection(roles)
        if not seats or seats & self._confirmed.get(ceremony, frozenset()):
            yield Fault.SEAT_DISTRUSTED, f"{who} holds no seat, or one that is distrusted"


def _action(statement: Statement) -> str:
    return cast("str", statement.public["action"])
