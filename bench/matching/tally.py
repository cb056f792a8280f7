# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many of those who applied again were found, and how many others were said to be them."""

from dataclasses import dataclass


@dataclass
class Tally:
    """``maybe``: true ones that were called possible; ``strangers``: others that were."""

    asked: int = 0
    right: int = 0
    wrong: int = 0
    maybe: int = 0
    strangers: int = 0

    def add(self, found: bool, wrong: int, maybe: bool = False, strangers: int = 0) -> None:
        """The answer to one question, of which exactly one earlier case would be right."""
        self.asked += 1
        self.right += found
        self.wrong += wrong
        self.maybe += maybe
        self.strangers += strangers

    @property
    def recall(self) -> float:
        return self.right / max(self.asked, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    def __str__(self) -> str:
        return f"P {self.precision:.4f}  R {self.recall:.3f}"


def together(tallies: list[Tally]) -> Tally:
    """The sum."""
    return Tally(
        *(sum(map(int, column)) for column in zip(*(vars(one).values() for one in tallies), strict=True))
    )
