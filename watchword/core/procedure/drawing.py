# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the stages of a profile as SVG made of attributes alone: no style that a strict page would refuse.

Stages that go on stand in one column in the order of the profile; a step to the next one goes straight down,
every other along a lane of its own on the left, and what ends a case is named on the right.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from watchword.core.procedure.profile import Profile
from watchword.core.procedure.stages import Stage

# Pixels, but for MOST_LETTERS, which is how many of them a line in a box holds.
WIDTH, HEIGHT, GAP, LANE, EDGE, LINE = 250, 52, 30, 14, 12, 17
MOST_LETTERS, LETTER = 30, 7.6


@dataclass(frozen=True)
class _Arc:
    """A step that is not the next one, between places in the column; ``lane`` counts from the boxes."""

    start: int
    end: int
    lane: int


def states_svg(
    profile: Profile, language: str, *, days: Callable[[int], str], here: str = "", alone: bool = False
) -> str:
    """Return the drawing in ``language``.

    ``days`` words a clock. ``here`` is the stage to mark. ``alone``: a file with a ground of its own.
    """
    stages = [stage for stage in profile.stages if not stage.final]
    arcs = _arcs(stages)
    left = EDGE * 2 + LANE * (1 + max((arc.lane for arc in arcs), default=0))
    ends = [_ends(profile, stage, language) for stage in stages]
    longest = max((len(words) for rows in ends for words in rows), default=0)
    size = round(left + WIDTH + 44 + longest * LETTER), EDGE * 2 + len(stages) * (HEIGHT + GAP) - GAP
    drawn = [
        *(f'<rect width="{size[0]}" height="{size[1]}" fill="#ffffff"/>' for _ in range(alone)),
        *(_arc(arc, left) for arc in arcs),
        *_downs(stages, left),
    ]
    for place, stage in enumerate(stages):
        drawn += _box(stage, (left, _top(place)), language, days, marked=stage.id == here)
        drawn += _ending(ends[place], left + WIDTH, _top(place))
    title = escape(profile.title.in_language(language))
    colour = ' color="#1b1b1f"' if alone else ""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" '
        f'height="{size[1]}" role="img" font-family="sans-serif" font-size="14"{colour}>'
        f"<title>{title}</title>"
    )
    return "\n".join([head, *drawn, "</svg>"]) + "\n"


def _arcs(stages: Sequence[Stage]) -> list[_Arc]:
    """Every step but those straight down and those that end the case, short ones nearest to the boxes."""
    places = {stage.id: place for place, stage in enumerate(stages)}
    steps = {
        (places[stage.id], places[way.to]) for stage in stages for way in stage.exits if way.to in places
    }
    arcs: list[_Arc] = []
    for start, end in sorted(steps, key=lambda step: (abs(step[0] - step[1]), step)):
        if end != start + 1:
            taken = {arc.lane for arc in arcs if _overlap(arc, start, end)}
            arcs.append(_Arc(start, end, next(lane for lane in range(len(steps)) if lane not in taken)))
    return arcs


def _overlap(arc: _Arc, start: int, end: int) -> bool:
    return min(arc.start, arc.end) <= max(start, end) and min(start, end) <= max(arc.start, arc.end)


def _ends(profile: Profile, stage: Stage, language: str) -> list[str]:
    """The titles of the ends to which a stage leads, but for withdrawal, to which each does."""
    ways = [way for way in stage.exits if way.action != profile.withdrawal.action]
    ends = dict.fromkeys(way.to for way in ways if profile.stage(way.to).final)
    return [profile.stage(end).title.in_language(language) for end in ends]


def _top(place: int) -> int:
    return EDGE + place * (HEIGHT + GAP)


def _arc(arc: _Arc, left: int) -> str:
    # Out of the lower part of a box, into the upper part of another: so the two never lie on each other.
    out, into = _top(arc.start) + HEIGHT * 2 // 3, _top(arc.end) + HEIGHT // 3
    lane = left - EDGE - LANE * (arc.lane + 1)
    line = f'<path d="M{left} {out}H{lane}V{into}H{left - 7}" fill="none" stroke="currentColor"/>'
    return line + _head(left, into, across=True)


def _downs(stages: Sequence[Stage], left: int) -> Iterator[str]:
    middle = left + WIDTH // 2
    for place, (stage, following) in enumerate(pairwise(stages)):
        if any(way.to == following.id for way in stage.exits):
            top = _top(place) + HEIGHT
            line = f'<path d="M{middle} {top}V{top + GAP - 7}" fill="none" stroke="currentColor"/>'
            yield line + _head(middle, top + GAP, across=False)


def _head(x: int, y: int, *, across: bool) -> str:
    points = (
        f"{x},{y} {x - 8},{y - 4} {x - 8},{y + 4}" if across else f"{x},{y} {x - 4},{y - 8} {x + 4},{y - 8}"
    )
    return f'<polygon points="{points}" fill="currentColor"/>'


def _box(
    stage: Stage, corner: tuple[int, int], language: str, days: Callable[[int], str], *, marked: bool
) -> Iterator[str]:
    left, top = corner
    width, ground = ("3", "0.14") if marked else ("1", "0")
    yield (
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="currentColor" '
        f'fill-opacity="{ground}" stroke="currentColor" stroke-width="{width}"/>'
    )
    title = stage.title.in_language(language)
    short = title if len(title) <= MOST_LETTERS else title[: MOST_LETTERS - 1].rstrip() + "…"
    yield _words(short, left + WIDTH // 2, top + 22, "middle", ' font-weight="600"')
    if stage.clock_days is not None:
        yield _words(days(stage.clock_days), left + WIDTH // 2, top + 41, "middle", ' font-size="12"')


def _ending(titles: Sequence[str], right: int, top: int) -> Iterator[str]:
    if titles:
        middle = top + HEIGHT // 2
        yield f'<path d="M{right} {middle}H{right + 21}" fill="none" stroke="currentColor"/>'
        yield _head(right + 28, middle, across=True)
    first = top + HEIGHT // 2 + 5 - LINE * (len(titles) - 1) // 2
    for row, title in enumerate(titles):
        yield _words(title, right + 34, first + LINE * row, "start", ' font-size="13"')


def _words(words: str, x: int, y: int, anchor: str, more: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor"{more}>{escape(words)}</text>'
