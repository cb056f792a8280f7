# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which word of one name stands for which word of the other: the best assignment, in a kernel."""

from typing import NamedTuple

import numpy as np

from watchword.core.screening.arrays import MOST_WORDS, Float64, Int32, Names, Tokens
from watchword.core.screening.compare.levels import (
    ANY,
    CROSS,
    DIFFERENT,
    GLUED,
    INITIAL_BIT,
    PARTICLE_BIT,
    SAME,
    level_of,
    part_of,
)
from watchword.core.screening.compare.weights import EXTRA, Found, Weights
from watchword.core.screening.compiled import compiled


class Work(NamedTuple):
    """Room for one comparison of names; ``word[side, i]`` is token, role, first place, second place or -1."""

    word: Int32
    size: Int32
    level: Int32
    bits: Float64
    best: Float64
    choice: Int32


@compiled
def room() -> Work:
    """A fresh one; kernels that compare many pairs share it."""
    return Work(
        np.zeros((2, MOST_WORDS, 4), dtype=np.int32),
        np.zeros(2, dtype=np.int32),
        np.zeros((MOST_WORDS, MOST_WORDS), dtype=np.int32),
        np.zeros((MOST_WORDS, MOST_WORDS), dtype=np.float64),
        np.zeros(1 << MOST_WORDS, dtype=np.float64),
        np.zeros(1 << MOST_WORDS, dtype=np.int32),
    )


@compiled
def take(work: Work, side: int, names: Names, name: np.int32 | int) -> None:
    """Lay one name's words out."""
    start = names.start[name]
    work.size[side] = min(names.start[name + 1] - start, MOST_WORDS)
    for i in range(work.size[side]):
        work.word[side, i, 0] = names.token[start + i]
        work.word[side, i, 1] = names.role[start + i]
        work.word[side, i, 2] = i
        work.word[side, i, 3] = -1


@compiled
def weigh(tokens: Tokens, weights: Weights, work: Work, rows: int) -> None:
    """Levels and bits of every word of side ``rows`` against every word of the other."""
    columns = 1 - rows
    for i in range(work.size[rows]):
        for j in range(work.size[columns]):
            left, right = work.word[rows, i], work.word[columns, j]
            level = level_of(tokens, left[0], left[1], right[0], right[1])
            if level == SAME and left[3] + right[3] > -2:
                level = GLUED
            work.level[i, j] = level
            work.bits[i, j] = word_bits(tokens, weights, left, right, level)


@compiled
def word_bits(tokens: Tokens, weights: Weights, left: Int32, right: Int32, level: int) -> float:
    """What two words at this level are worth: the commoner of the two decides how rare the agreement is."""
    if level == DIFFERENT and (left[1] | right[1]) & PARTICLE_BIT:
        return 0.0
    part = part_of(left[1], right[1])
    column = min(part, ANY)
    rarity = min(tokens.rarity[left[0], column], tokens.rarity[right[0], column], weights.rarest)
    return float(weights.word[part, level] + weights.rarity[level] * rarity)


@compiled
def extra_part(role: int) -> int:
    """The row of ``Weights.extra`` for a word without a counterpart."""
    return CROSS if role & (INITIAL_BIT | PARTICLE_BIT) else part_of(role, role)


@compiled
def assign(weights: Weights, work: Work, rows: int) -> int:
    """Fill ``best`` and ``choice`` over the sets of columns taken; the best set that uses every row."""
    shorter, longer = work.size[rows], work.size[1 - rows]
    sets = 1 << longer
    for taken in range(sets):
        work.best[taken] = -np.inf if taken else 0.0
    winner, most = 0, -np.inf
    for taken in range(sets):
        so_far = work.best[taken]
        if so_far == -np.inf:
            continue
        row = 0
        for j in range(longer):
            row += (taken >> j) & 1
        for j in range(longer):
            if taken >> j & 1:
                continue
            if row == shorter:
                so_far += weights.extra[extra_part(work.word[1 - rows, j, 1])]
                continue
            more = taken | 1 << j
            if work.best[taken] + work.bits[row, j] > work.best[more]:
                work.best[more] = work.best[taken] + work.bits[row, j]
                work.choice[more] = j
        if row == shorter and so_far > most:
            winner, most = taken, so_far
    work.best[winner] = most
    return winner


@compiled
def write(found: Found, feature: int, level: int, bits: float) -> int:
    """Append a finding that names no words yet; gives its row."""
    at = found.size[0]
    found.row[at, 0] = feature
    found.row[at, 1] = level
    for place in range(2, 6):
        found.row[at, place] = -1
    found.bits[at] = bits
    found.size[0] = at + 1
    return int(at)


@compiled
def write_place(found: Found, at: int, work: Work, side: int, place: int) -> None:
    """Name the word of one side that a finding speaks of, by its places in the name."""
    found.row[at, 2 + 2 * side] = work.word[side, place, 2]
    found.row[at, 3 + 2 * side] = work.word[side, place, 3]


@compiled
def write_words(weights: Weights, work: Work, rows: int, winner: int, found: Found) -> None:
    """Write the pairs and the words left over of the winning assignment as findings."""
    columns, taken = 1 - rows, winner
    for row in range(work.size[rows] - 1, -1, -1):
        j = work.choice[taken]
        taken ^= 1 << j
        part = part_of(work.word[rows, row, 1], work.word[columns, j, 1])
        at = write(found, part, work.level[row, j], work.bits[row, j])
        write_place(found, at, work, rows, row)
        write_place(found, at, work, columns, j)
    for j in range(work.size[columns]):
        if winner >> j & 1 == 0:
            part = extra_part(work.word[columns, j, 1])
            write_place(found, write(found, EXTRA, part, weights.extra[part]), work, columns, j)
