# SPDX-License-Identifier: AGPL-3.0-or-later
"""Comparing two people, in a kernel: the best pair of names, every field beside it, and the sum in bits."""

import math
from typing import NamedTuple

import numpy as np

from watchword.core.screening.arrays import Float32, Int32, Names, People, Ragged, Tokens
from watchword.core.screening.compare.alignment import (
    Work,
    assign,
    room,
    take,
    weigh,
    write,
    write_words,
)
from watchword.core.screening.compare.births import birth_level
from watchword.core.screening.compare.glue import join_words
from watchword.core.screening.compare.weights import (
    AGREES,
    ALIASES,
    BIRTH,
    DIFFERS,
    DOUBT,
    GENDER,
    PLACE,
    WEAK,
    Found,
    Weights,
    nothing_found,
)
from watchword.core.screening.compiled import compiled

# Rows are numbers of 32 bits when they come from outside, or the kernels would be compiled twice.
Row = np.int32 | int
Pair = tuple[Row, Row]
NOTICED = 1e-4  # bits; less than this is not worth a line to the reader


class Sides(NamedTuple):
    """The two sets of people of whom pairs are compared, and the tokens that both speak of."""

    tokens: Tokens
    left: People
    right: People


class Run(NamedTuple):
    """What a run of comparisons takes along: the model, room to work in, and room for what is found."""

    weights: Weights
    work: Work
    found: Found


@compiled
def ready(weights: Weights) -> Run:
    """A run with this model."""
    return Run(weights, room(), nothing_found())


@compiled
def lay_out(sides: Sides, a: Row, b: Row, work: Work) -> int:
    """Take both names, join what is glued; gives the side with fewer words."""
    take(work, 0, sides.left.names, a)
    take(work, 1, sides.right.names, b)
    join_words(sides.tokens, work)
    return 0 if work.size[0] <= work.size[1] else 1


@compiled
def compare_genders(left: int, right: int, run: Run) -> float:
    """Whether two genders agree; nothing when one is unknown."""
    if left == 0 or right == 0:
        return 0.0
    level = AGREES if left == right else DIFFERS
    write(run.found, GENDER, level, run.weights.field[GENDER, level])
    return float(run.weights.field[GENDER, level])


@compiled
def compare_names(sides: Sides, pair: Pair, chosen: Pair, run: Run) -> float:
    """Bits of one name of each person, with the gender it shows; the findings are written."""
    (i, j), (a, b), left, right = pair, chosen, sides.left, sides.right
    run.found.size[0] = 0
    rows = lay_out(sides, a, b, run.work)
    weigh(sides.tokens, run.weights, run.work, rows)
    winner = assign(run.weights, run.work, rows)
    write_words(run.weights, run.work, rows, winner, run.found)
    bits = float(run.work.best[winner])
    bits += compare_genders(
        left.gender[i] or left.names.gender[a], right.gender[j] or right.names.gender[b], run
    )
    weak = run.weights.weak * (left.names.weak[a] + right.names.weak[b])
    if weak != 0.0:
        write(run.found, WEAK, 0, weak)
    return bits + float(weak)


@compiled
def best_names(sides: Sides, pair: Pair, run: Run) -> tuple[float, Pair]:
    """The pair of names worth most, its bits less the price of choosing; its findings are written."""
    (i, j), left, right = pair, sides.left.name, sides.right.name
    start, many = left[i], left[i + 1] - left[i]
    other_start, other_many = right[j], right[j + 1] - right[j]
    pairs = many * other_many
    run.found.size[0] = 0
    if pairs == 0:
        return 0.0, (-1, -1)
    most, best = -np.inf, 0
    # One turn more than there are pairs: the last one writes the findings of the best again.
    for turn in range(pairs + min(pairs - 1, 1)):
        this = turn if turn < pairs else best
        bits = compare_names(sides, pair, (start + this // other_many, other_start + this % other_many), run)
        if bits > most:
            most, best = bits, this
    if pairs > 1:
        price = run.weights.aliases * math.log2(pairs)
        write(run.found, ALIASES, 0, price)
        most += price
    return most, (start + best // other_many, other_start + best % other_many)


@compiled
def compare_births(sides: Sides, pair: Pair, run: Run) -> None:
    """The pair of birth dates worth most; nothing when one side has none."""
    (i, j), left, right = pair, sides.left, sides.right
    most, level, first, second = -np.inf, -1, -1, -1
    for a in range(left.birth_start[i], left.birth_start[i + 1]):
        for b in range(right.birth_start[j], right.birth_start[j + 1]):
            this = birth_level(left.birth[a], right.birth[b])
            if run.weights.birth[this] > most:
                most, level, first, second = run.weights.birth[this], this, a, b
    if level >= 0:
        at = write(run.found, BIRTH, level, most)
        run.found.row[at, 2] = first - left.birth_start[i]
        run.found.row[at, 4] = second - right.birth_start[j]


@compiled
def compare_field(left: Ragged, right: Ragged, pair: Pair, feature: int, run: Run) -> None:
    """Whether two sets of places, countries, documents or contacts meet; nothing when one is empty."""
    i, j = pair
    if left.start[i] == left.start[i + 1] or right.start[j] == right.start[j + 1]:
        return
    for a in range(left.start[i], left.start[i + 1]):
        for b in range(right.start[j], right.start[j + 1]):
            if left.value[a] == right.value[b]:
                at = write(run.found, feature, AGREES, run.weights.field[feature, AGREES])
                run.found.row[at, 2] = a - left.start[i]
                run.found.row[at, 4] = b - right.start[j]
                return
    write(run.found, feature, DIFFERS, run.weights.field[feature, DIFFERS])


@compiled
def compare_people(sides: Sides, i: Row, j: Row, run: Run) -> tuple[float, Pair]:
    """Bits of two people and the two names that were compared; every finding is written."""
    pair, left, right = (i, j), sides.left, sides.right
    bits, (first, second) = best_names(sides, pair, run)
    about_names = run.found.size[0]
    compare_births(sides, pair, run)
    fields = (left.place, left.country, left.document, left.contact)
    other_fields = (right.place, right.country, right.document, right.contact)
    for at in range(len(fields)):
        compare_field(fields[at], other_fields[at], pair, PLACE + at, run)
    full = full_name(left.names, first) + full_name(right.names, second)
    doubt = run.weights.doubt[full]
    for at in range(about_names, run.found.size[0]):
        bits += run.found.bits[at]
        doubt += min(0.0, run.found.bits[at])
    lifted = above_doubt(bits, doubt)
    if lifted - bits > NOTICED:
        write(run.found, DOUBT, 0, lifted - bits)
    return lifted, (first, second)


@compiled
def full_name(names: Names, name: Row) -> int:
    """1 for a name with a patronymic: registers write such names, and seldom an alias in their place."""
    return int(names.full[name]) if name >= 0 else 0


@compiled
def above_doubt(bits: float, doubt: float) -> float:
    """The odds with those of an unrelated alias added: never below ``doubt``, and rising with both."""
    high, low = max(bits, doubt), min(bits, doubt)
    return high + math.log2(1.0 + 2.0 ** (low - high))


@compiled
def judge_pairs(sides: Sides, i: Int32, j: Int32, weights: Weights, bits: Float32) -> None:
    """Fill ``bits`` for every pair of rows."""
    run = ready(weights)
    for k in range(len(i)):
        bits[k] = compare_people(sides, i[k], j[k], run)[0]
