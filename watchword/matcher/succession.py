# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who shall hold the key from now on: said alike by as many of those who hold it as open it."""

from dataclasses import dataclass, field

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.shares import MOST_SHARES
from watchword.matcher import sealed_key
from watchword.matcher.protocol import Message


@dataclass(frozen=True)
class Successors:
    """The new custodians' keys, and how many of them will be needed."""

    needed: int
    recipients: tuple[str, ...]

    @classmethod
    def of(cls, question: Message) -> "Successors":
        """As a custodian names them; WrongState or Malformed for what cannot be."""
        needed, given = question.get("needed"), question.get("to")
        if not isinstance(given, list) or not isinstance(needed, int):
            raise WrongState(sentence("This names no custodians."))
        if not 1 <= needed <= len(given) <= MOST_SHARES:
            raise WrongState(sentence("So many of so many custodians cannot be."))
        recipients = tuple(map(str, given))
        sealed_key.custodians(recipients)
        return cls(needed, recipients)


@dataclass
class Succession:
    """Kept in memory alone. Whoever names others begins anew: nothing is agreed to piece by piece."""

    named: Successors | None = None
    agreed: set[int] = field(default_factory=set)

    def agree(self, number: int, named: Successors) -> int:
        """The holder of this share names them; how many have by now."""
        if named != self.named:
            self.named, self.agreed = named, set()
        self.agreed.add(number)
        return len(self.agreed)

    def end(self) -> None:
        """Nobody has named anybody."""
        self.named, self.agreed = None, set()
