# SPDX-License-Identifier: AGPL-3.0-or-later
"""The geometry of a waterfall: each finding moves the balance to the right or to the left of even odds."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from watchword.core.refusals import Sentence, sentence
from watchword.screening.sheet import Likeness, Sheet

WIDTH = 100.0
"""The width of every bar's picture; heights are the page's business."""

PRIOR = sentence("Before anything was compared: how rare it is that somebody stands on a list")
TOTAL = sentence("All of it together")
NEARLY_ALL, NEARLY_NONE = 0.995, 0.005


@dataclass(frozen=True)
class Bar:
    """One row. ``start``, ``end``, ``zero``: places from 0 to WIDTH; ``worth``: bits, what the row moves.

    ``kind``: "for" and "against" move the balance, "sum" is where it stands.
    """

    kind: str
    words: Sentence
    worth: float
    start: float
    end: float
    zero: float

    @property
    def sign(self) -> str:
        """Before the figure; a minus is no hyphen."""
        return "+" if self.worth > 0 else "−" if self.worth < 0 else ""

    @property
    def size(self) -> float:
        """The figure itself."""
        return abs(self.worth)

    @property
    def x(self) -> str:
        """The left edge. A string, because the comma of a reader's language would break the picture."""
        return f"{min(self.start, self.end):.2f}"

    @property
    def width(self) -> str:
        """The length; what is worth nothing is still a line that can be seen."""
        return f"{max(abs(self.end - self.start), 0.6):.2f}"

    @property
    def from_x(self) -> str:
        """Where the last row ended."""
        return f"{self.start:.2f}"

    @property
    def to_x(self) -> str:
        """Where the next row begins."""
        return f"{self.end:.2f}"

    @property
    def zero_x(self) -> str:
        """Even odds."""
        return f"{self.zero:.2f}"


def waterfall(sheet: Sheet) -> list[Bar]:
    """The prior as a bar from zero, every finding from where the last one ended, and the sum from zero."""
    scale = _Scale.of(sheet)
    bars = [scale.bar("sum", PRIOR, 0.0, sheet.prior)]
    stands = sheet.prior
    for finding in sheet.findings:
        bars.append(scale.finding(finding, stands))
        stands += finding.bits
    bars.append(scale.bar("sum", TOTAL, 0.0, stands))
    return bars


@dataclass(frozen=True)
class _Scale:
    """Bits to places; both ends whole, and zero always inside."""

    lowest: int
    highest: int

    @classmethod
    def of(cls, sheet: Sheet) -> "_Scale":
        reach = [0.0, *_balances(sheet.prior, sheet.findings)]
        return cls(floor(min(reach)) - 1, ceil(max(reach)) + 1)

    def place(self, bits: float) -> float:
        return round(WIDTH * (bits - self.lowest) / (self.highest - self.lowest), 2)

    def bar(self, kind: str, words: Sentence, start: float, worth: float) -> Bar:
        return Bar(kind, words, worth, self.place(start), self.place(start + worth), self.place(0.0))

    def finding(self, one: Likeness, start: float) -> Bar:
        return Bar(
            "for" if one.bits > 0 else "against",
            one.reason,
            one.bits,
            self.place(start),
            self.place(start + one.bits),
            self.place(0.0),
        )


def _balances(prior: float, findings: Sequence[Likeness]) -> list[float]:
    stands = [prior]
    for one in findings:
        stands.append(stands[-1] + one.bits)
    return stands


def chance(probability: float) -> Sentence:
    """How many of a hundred; never all and never none, which no comparison can know."""
    if probability >= NEARLY_ALL:
        return sentence("more than 99")
    if probability < NEARLY_NONE:
        return sentence("fewer than 1")
    return sentence("about %(number)s", number=round(100 * probability))
