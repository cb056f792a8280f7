# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our own comparison, as the bench calls it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.screening.metrics import Floats
from bench.screening.samples import Pair
from watchword.core import names
from watchword.core.screening import compare
from watchword.core.screening.arrays import Float32, Int32
from watchword.core.screening.encoding import EncodedPeople, Encoder


@dataclass(frozen=True)
class Sides:
    """Pairs as two rows of encoded people."""

    left: EncodedPeople
    right: EncodedPeople
    rows: Int32

    def judge(self) -> Float32:
        return compare.judge(self.left, self.rows, self.right, self.rows)


def encoded(pairs: Sequence[Pair]) -> Sides:
    encoder = Encoder(names.lexicon())
    left = encoder.people([pair.left for pair in pairs])
    right = encoder.people([pair.right for pair in pairs])
    return Sides(left, right, np.arange(len(pairs), dtype=np.int32))


def bits(pairs: Sequence[Pair]) -> Floats:
    return encoded(pairs).judge().astype(np.float64)


def one_by_one(sides: Sides) -> None:
    """A call for each pair, as a program does that compares people whom it has read as they come together."""
    for row in range(len(sides.rows)):
        only = sides.rows[row : row + 1]
        compare.judge(sides.left, only, sides.right, only)


def from_text(pairs: Sequence[Pair]) -> None:
    """Each pair by itself from its names as written; words that a run has met it remembers."""
    encoder, row = Encoder(names.lexicon()), np.zeros(1, dtype=np.int32)
    for pair in pairs:
        compare.judge(encoder.people([pair.left]), row, encoder.people([pair.right]), row)


def probabilities(bits_: Floats) -> Floats:
    """What the model states at its own prior."""
    return 1 / (1 + 2.0 ** -(bits_ + compare.parameters().prior_bits))
