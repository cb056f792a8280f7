# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts texts that are nearly the same together, each beside the one that came first.

A group is what resembles its first text, not what hangs together by a chain: nobody can draw a stranger's
text into a group by links that are each only a little like the last. And because the first stays the first,
a text that comes later changes nothing about those before it.

There is no index of bands over the slots (locality-sensitive hashing), on purpose: one text is compared with
twenty thousand firsts in some milliseconds, and what an index gains over that, it loses in texts not found.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from watchword.core.linkage.sketch import SLOTS, Numbers, Sketch

LEAST_AGREEING = 50
"""Of 100 parts. A copy stays above it until chance words of half its length have been added to each copy.

With two texts of the same length that share all but what was added, resemblance is t / (t + 2a): one half
where a is half of t. Two people who write about the same things stay below ten.
"""


@dataclass(frozen=True)
class Place:
    """Where a text belongs: beside ``first``, with ``agree`` of 100 parts; beside itself if like none."""

    first: str
    agree: int


class Gathering:
    """The first texts of all groups, a text that is like no other being a group of its own."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._numbers: Numbers = np.zeros((64, SLOTS), dtype=np.uint32)
        self._short: dict[bytes, str] = {}

    def add_first(self, name: str, sketch: Sketch) -> None:
        """A text that is known to be the first of its group."""
        if sketch.short:
            self._short.setdefault(sketch.whole, name)
            return
        if len(self._names) == len(self._numbers):
            self._numbers = np.concatenate([self._numbers, np.zeros_like(self._numbers)])
        self._numbers[len(self._names)] = sketch.numbers
        self._names.append(name)

    def place(self, name: str, sketch: Sketch) -> Place:
        """Beside the earliest first that is enough like it, so that a flood is one group; or a new first."""
        found = self._among_short(sketch) if sketch.short else self._among_long(sketch)
        if found is None:
            self.add_first(name, sketch)
        return found or Place(name, SLOTS)

    def place_all(self, sketches: Iterable[tuple[str, Sketch]]) -> dict[str, Place]:
        """The place of each, in the order given."""
        return {name: self.place(name, sketch) for name, sketch in sketches}

    def _among_short(self, sketch: Sketch) -> Place | None:
        first = self._short.get(sketch.whole)
        return Place(first, SLOTS) if first else None

    def _among_long(self, sketch: Sketch) -> Place | None:
        agree = np.count_nonzero(self._numbers[: len(self._names)] == sketch.numbers, axis=1)
        (enough,) = np.nonzero(agree >= LEAST_AGREEING)
        return Place(self._names[enough[0]], int(agree[enough[0]])) if len(enough) else None
