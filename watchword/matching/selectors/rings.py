# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rings: several cases with one telephone, one referrer or one text. Leads to look at, never scores."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import selectors as cases
from watchword.core.linkage import Judged, Kind
from watchword.core.refusals import Sentence, sentence
from watchword.matching import rules
from watchword.matching.rules import ELEMENTS, IN_COMMON, LEAST_IN_RING, MADE_OF
from watchword.matching.selectors.links import seen_by

ONE_TEXT = sentence("a nearly identical text")
RADIUS, MIDDLE = 40.0, 50.0
MOST_DRAWN = 24
"""Cases in one picture; of a larger ring the table has the rest."""

Reasons = Mapping[tuple[str, str], tuple[Sentence, ...]]


@dataclass(frozen=True)
class Spot:
    """A case in the picture; strings, because the comma of a reader's language would break it."""

    code: str
    x: str
    y: str
    dx: str
    dy: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """What two cases have in common."""

    one: Spot
    other: Spot


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    one: str
    other: str
    why: tuple[Sentence, ...]


@dataclass(frozen=True)
class Ring:
    """Cases that hang together, their picture, and each pair with what it shares."""

    codes: tuple[str, ...]
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]


def rings(*, viewer: Actor) -> list[Ring]:
    """Among the cases that this person may know of; nothing of any other shows, not even in a number.

    In the order of the code of the first: a larger ring is no worse than a smaller one.
    """
    check_has(viewer, Permission.MATCH_READ)
    reasons: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    if rules.may_read_more(viewer):
        for one, other, shared in seen_by(viewer).values_list("one__code", "other__code", "shared"):
            for kind in Kind:
                if kind in IN_COMMON and kind in shared:
                    reasons[_pair(one, other)].extend(ELEMENTS[element] for element in MADE_OF[kind])
    for first, *rest in cases.texts_alike(viewer=viewer):
        for other in rest:
            reasons[_pair(first, other)].append(ONE_TEXT)
    return _drawn({pair: tuple(why) for pair, why in reasons.items()})


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _drawn(reasons: Reasons) -> list[Ring]:
    together = Judged(same=reasons, different=())
    members: dict[str, set[str]] = defaultdict(set)
    for pair in reasons:
        members[together.with_same(pair[0])].update(pair)
    large = sorted(tuple(sorted(codes)) for codes in members.values() if len(codes) >= LEAST_IN_RING)
    return [_ring(codes, {pair: why for pair, why in reasons.items() if pair[0] in codes}) for codes in large]


def _ring(codes: tuple[str, ...], reasons: Reasons) -> Ring:
    spots = {code: _spot(code, at, min(len(codes), MOST_DRAWN)) for at, code in enumerate(codes[:MOST_DRAWN])}
    lines = [Line(spots[one], spots[other]) for one, other in sorted(reasons) if {one, other} <= spots.keys()]
    rows = [Row(one, other, why) for (one, other), why in sorted(reasons.items())]
    return Ring(codes, tuple(spots.values()), tuple(lines), tuple(rows))


def _spot(code: str, at: int, of: int) -> Spot:
    """On a circle, the first at the top, all of one size."""
    angle = 2 * pi * at / of - pi / 2
    x, y = MIDDLE + RADIUS * cos(angle), MIDDLE + RADIUS * sin(angle)
    anchor = "middle" if abs(x - MIDDLE) < 1 else "start" if x > MIDDLE else "end"
    dx, dy = {"middle": ("0", "-4" if y < MIDDLE else "7"), "start": ("4", "1.4"), "end": ("-4", "1.4")}[
        anchor
    ]
    return Spot(code, f"{x:.2f}", f"{y:.2f}", dx, dy, anchor)
