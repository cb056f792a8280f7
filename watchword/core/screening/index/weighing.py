# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the words of a query are worth: how surprising each of them is."""

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import Float64, Int32
from watchword.core.screening.index.plan import (
    EVERY_WORD,
    FLOOR_OF,
    FLOOR_PARTS,
    INITIAL_GAIN,
    JOIN_COST,
    MOST_GAIN,
    MOST_IN_FLOOR,
    MOST_WEIGHT,
    QUARTERS,
    UNKNOWN_WEIGHT,
    Plan,
    Rows,
)


@compiled
def weigh(likely: Float64, people: int, rare: Int32, words: Rows) -> None:
    """Write what each distinct word is worth, and with it what each word asked is.

    ``likely`` is how many of the ``people`` may bear a word.
    """
    for number in range(len(likely)):
        rare[number] = UNKNOWN_WEIGHT
        if likely[number] > 0:
            bits = np.log2(people / min(likely[number], float(people)))
            rare[number] = min(max(int(np.rint(QUARTERS * bits)), QUARTERS), MOST_WEIGHT)
    for at in range(len(words)):
        words[at].weight = INITIAL_GAIN if words[at].letter > 0 else rare[words[at].number]


@compiled
def weight_of(plan: Plan, query: int, mask: int, most: int) -> int:
    """The weight of the query's words in ``mask`` together, none counting more than ``most``."""
    total = 0
    for at in range(plan.word_start[query + 1] - plan.word_start[query]):
        if (mask >> at) & 1:
            total += min(plan.word[plan.word_start[query] + at].weight, most)
    return total


@compiled
def unit_weight(plan: Plan, query: int, unit: int) -> int:
    """What a unit is worth; several words as one weigh no more than that one word."""
    word, mask = plan.unit[unit].word, plan.unit[unit].mask
    weight = weight_of(plan, query, mask, MOST_GAIN)
    if mask & (mask - 1):
        weight = min(weight, plan.rare[word]) - JOIN_COST
    return weight


@compiled
def floor_of(plan: Plan, query: int) -> int:
    """The score that a name must exceed to be somebody."""
    return weight_of(plan, query, EVERY_WORD, MOST_IN_FLOOR) * FLOOR_PARTS // FLOOR_OF
