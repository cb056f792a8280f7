# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a word of somebody may be worth at best with a word that a list has in some role, in kernels."""

import numpy as np

from watchword.core.screening.arrays import Float64, Int8, Int32, Tokens
from watchword.core.screening.compare.levels import ANY, CROSS, word_level
from watchword.core.screening.compare.weights import Weights
from watchword.core.screening.compiled import compiled


@compiled
def part_bits(tokens: Tokens, weights: Weights, left: int, right: int, part: int) -> float:
    """What two words are worth, compared as ``part``."""
    column, level = min(part, ANY), word_level(tokens, left, right, part)
    rarity = min(tokens.rarity[left, column], tokens.rarity[right, column], weights.rarest)
    return float(weights.word[part, level] + weights.rarity[level] * rarity)


@compiled
def most_bits(tokens: Tokens, weights: Weights, left: int, right: int, role: int) -> float:
    """The most that a word in any role can be worth with one in this role."""
    most, roles = -np.inf, (role & 1) + (role >> 1 & 1) + (role >> 2 & 1)
    for part in range(CROSS + 1):
        open_part = part == CROSS or (part == ANY and roles > 1)
        if open_part or (part < ANY and role >> part & 1):
            most = max(most, part_bits(tokens, weights, left, right, part))
    return most


@compiled
def weigh_units(tokens: Tokens, weights: Weights, pairs: Int32, role: Int8, gain: Float64) -> None:
    """Fill ``gain`` for rows of ``pairs``: the token of a word, that of a unit, and the unit's role."""
    for at in range(len(pairs)):
        gain[at] = most_bits(tokens, weights, pairs[at, 0], pairs[at, 1], role[at])
