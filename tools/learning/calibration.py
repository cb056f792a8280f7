# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether stated probabilities come true: the table, the diagram, and the figures of merit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
BINS, SIDE, MARGIN = 10, 320, 40


@dataclass(frozen=True)
class Bin:
    """Pairs of about one stated probability."""

    pairs: int
    stated: float
    came_true: float


def bins(stated: Array, same: Array) -> list[Bin]:
    """Ten bins of equal width; empty ones are left out."""
    place = np.minimum((stated * BINS).astype(np.int64), BINS - 1)
    chosen = [place == number for number in range(BINS) if (place == number).any()]
    return [Bin(int(of.sum()), float(stated[of].mean()), float(same[of].mean())) for of in chosen]


def error(stated: Array, same: Array) -> float:
    """The expected calibration error: how far off a stated probability is, on average over pairs."""
    return sum(one.pairs * abs(one.stated - one.came_true) for one in bins(stated, same)) / len(stated)


def merit(stated: Array, same: Array, threshold: float = 0.5) -> tuple[float, float, float]:
    """F1, precision and recall of calling a pair the same from ``threshold`` on."""
    called = stated >= threshold
    right = float(same[called].sum())
    precision, recall = right / max(1, int(called.sum())), right / float(same.sum())
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


def table(title: str, stated: Array, same: Array) -> str:
    """A reliability table in Markdown."""
    lines = [f"## {title}", "", f"{len(stated):,} pairs, calibration error {error(stated, same):.4f}.", ""]
    lines += ["| pairs | stated | came true |", "|---:|---:|---:|"]
    lines += [f"| {one.pairs:,} | {one.stated:.3f} | {one.came_true:.3f} |" for one in bins(stated, same)]
    return "\n".join(lines) + "\n"


def diagram(groups: dict[str, tuple[Array, Array]]) -> str:
    """A reliability diagram: stated against came true, the size of a point by the number of pairs."""
    size = SIDE + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 140} {size}" role="img">',
        "<title>Stated probability against the share of pairs that were one person</title>",
        f'<rect x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<path d="M{MARGIN} {MARGIN + SIDE}L{MARGIN + SIDE} {MARGIN}" stroke="#888" stroke-dasharray="4"/>',
        *axis(),
    ]
    for number, (name, (stated, same)) in enumerate(groups.items()):
        colour = ("#1b5e8c", "#b3541e", "#3d7a37")[number % 3]
        parts += [point(one, len(stated), colour) for one in bins(stated, same)]
        parts.append(text(SIDE + MARGIN + 12, MARGIN + 16 + 20 * number, name, colour, "start"))
    return "\n".join([*parts, "</svg>"]) + "\n"


def axis() -> list[str]:
    """Marks at every fifth, and what the axes are."""
    parts = []
    for mark in range(6):
        along = SIDE * mark / 5
        parts.append(text(MARGIN + along, MARGIN + SIDE + 14, f"{mark / 5:.1f}", "#666", "middle"))
        parts.append(text(MARGIN - 6, MARGIN + SIDE - along + 4, f"{mark / 5:.1f}", "#666", "end"))
    parts.append(text(MARGIN + SIDE / 2, MARGIN + SIDE + 32, "stated probability", "#666", "middle"))
    return [*parts, text(MARGIN, MARGIN - 12, "share that came true", "#666", "start")]


def text(x: float, y: float, words: str, colour: str, anchor: str) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-size="11" font-family="sans-serif"'
        f' text-anchor="{anchor}">{words}</text>'
    )


def point(one: Bin, pairs: int, colour: str) -> str:
    x, y = MARGIN + SIDE * one.stated, MARGIN + SIDE * (1 - one.came_true)
    radius = 2.5 + 9 * (one.pairs / pairs) ** 0.5
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" fill-opacity="0.6"/>'
