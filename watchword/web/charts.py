# SPDX-License-Identifier: AGPL-3.0-or-later
"""The geometry of the charts: places along a bar from 0 to 100, as strings that no language spells anew.

The pages draw them with attributes alone, one hue and greys; the words stand beside the bar, in the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100.0
LEAST = 0.6


@dataclass(frozen=True)
class Scale:
    """Values to places: ``low`` stands at 0, ``high`` at WIDTH."""

    low: float
    high: float

    def place(self, value: float) -> float:
        """Where ``value`` stands."""
        return round(WIDTH * (value - self.low) / ((self.high - self.low) or 1), 2)


@dataclass(frozen=True)
class Segment:
    """A part of a bar; ``tone`` counts the parts from 0, which has the hue."""

    x: str
    width: str
    tone: int


def stacked(rows: Sequence[Sequence[int | None]]) -> list[list[Segment]]:
    """Bars from zero, on one scale, of the parts that are shown; what is hidden (None) takes no room."""
    longest = max((sum(part or 0 for part in row) for row in rows), default=0)
    return [_segments(row, Scale(0, longest)) for row in rows]


def spot(value: float | None, scale: Scale) -> str:
    """The place of a dot or a line; nothing for what is hidden."""
    return "" if value is None else written(scale.place(value))


def written(place: float) -> str:
    """A place as the picture has it."""
    return f"{place:.2f}"


def _segments(row: Sequence[int | None], scale: Scale) -> list[Segment]:
    segments, stands = [], 0
    for tone, part in enumerate(row):
        if part:
            width = max(scale.place(part), LEAST)
            segments.append(Segment(written(scale.place(stands)), written(width), tone))
            stands += part
    return segments
