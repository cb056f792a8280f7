# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a question is asked at all: what must have been chosen at earlier questions beside it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Chosen:
    """Met when an earlier question was asked and one of ``answers`` was chosen there."""

    question: str
    answers: frozenset[str]


@dataclass(frozen=True)
class Condition:
    """Met when every one of ``of`` is, or, unless ``every``, when one of them is.

    All name questions that are sealed together: whoever reads one compartment must not learn
    what another holds.
    """

    of: tuple[Chosen, ...]
    every: bool = True

    def holds(self, ticked: Mapping[str, frozenset[str]]) -> bool:
        """Judge by what was ``ticked``, which names only questions that are asked themselves."""
        met = [bool(one.answers & ticked.get(one.question, frozenset())) for one in self.of]
        return all(met) if self.every else any(met)
