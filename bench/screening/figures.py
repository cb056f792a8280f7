# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one search engine's answers to the questions amount to."""

from collections.abc import Sequence

import numpy as np

from bench.screening.metrics import percentile
from bench.screening.peers import Answer
from bench.screening.worlds import Question, World

Groups = dict[str, list[Question]]
NOWHERE = 1 << 20


class Figures:
    """What one engine's answers amount to."""

    def __init__(self, world: World, asked: Groups, answer: Answer) -> None:
        self.answer = answer
        self.seconds: dict[str, list[float]] = {}
        self._found: dict[str, list[int]] = {}
        for group, given in answer["groups"].items():
            self.seconds[group] = given["seconds"]
            self._found[group] = [
                place(world, question, rows)
                for question, rows in zip(asked[group], given["found"], strict=False)
            ]

    def recall(self, group: str, first: int) -> float:
        """The share of the questions whose person was among the ``first``."""
        return float(np.mean([place < first for place in self._found[group]]))

    def median(self, group: str) -> float:
        """Milliseconds."""
        return percentile(self.seconds[group], 50)

    def mean(self, group: str) -> float:
        """Milliseconds."""
        return float(np.mean(self.seconds[group])) * 1e3

    def say(self, name: str) -> None:
        answer = self.answer
        print(
            f"  {name}: built in {answer['build_seconds']:.0f} s, {answer['index_mb']:.0f} MB on disk, "
            f"{answer['resident_mb']:.0f} MB of memory"
        )
        for group, seconds in self.seconds.items():
            print(
                f"    {group:<20} median {self.median(group):8.2f} ms, mean {self.mean(group):8.2f}, "
                f"p99 {percentile(seconds, 99):8.2f}; in the first 10 {self.recall(group, 10):.3f}, "
                f"20 {self.recall(group, 20):.3f} of {len(seconds)}"
            )


def place(world: World, question: Question, rows: Sequence[int]) -> int:
    """Where among the answers the person meant stands; far behind everything when not at all."""
    return next((at for at, row in enumerate(rows) if world.found(question, [row])), NOWHERE)
