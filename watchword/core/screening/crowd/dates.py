# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the dates of birth of two people are worth, without anything else of them, in kernels."""

from typing import NamedTuple

import numpy as np

from watchword.core.screening.arrays import Float64, Int32
from watchword.core.screening.compare.births import birth_level
from watchword.core.screening.compiled import compiled


class Dates(NamedTuple):
    """The dates of person ``i`` are ``birth[start[i]:start[i + 1]]``: year, month or 0, day or 0, circa."""

    start: Int32
    birth: Int32


@compiled
def birth_bits(left: Dates, right: Dates, who: int, owner: int, worth: Float64) -> float:
    """The pair of dates worth most, ``worth`` having the bits of each level; nothing when one has none."""
    most = -np.inf
    for one in range(left.start[who], left.start[who + 1]):
        for other in range(right.start[owner], right.start[owner + 1]):
            most = max(most, worth[birth_level(left.birth[one], right.birth[other])])
    return most if most > -np.inf else 0.0


@compiled
def weigh_dates(left: Dates, right: Dates, pairs: Int32, worth: Float64, bits: Float64) -> None:
    """Fill ``bits`` for rows of ``pairs``: a person on the left and one on the right."""
    for at in range(len(pairs)):
        bits[at] = birth_bits(left, right, pairs[at, 0], pairs[at, 1], worth)
