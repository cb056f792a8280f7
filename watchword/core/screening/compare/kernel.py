# SPDX-License-Identifier: AGPL-3.0-or-later
"""Comparing two people, in a kernel: the best pair of names, every field beside it, and the sum in bits."""

import math

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
    CONTACT,
    COUNTRY,
    DIFFERS,
    DOCUMENT,
    DOUBT,
    GENDER,
    PLACE,
    WEAK,
    Found,
    Weights,
    nothing_found,
)
from watchword.core.screening.compiled import compiled

NOTICED = 1e-4  # bits; less than this is not worth a line to the reader


@compiled
def lay_out(tokens: Tokens, left: Names, i: int, right: Names, j: int, work: Work) -> int:
    """Take both names, join what is glued; gives the side with fewer words."""
    take(work, 0, left, i)
    take(work, 1, right, j)
    join_words(tokens, work)
    return 0 if work.size[0] <= work.size[1] else 1


@compiled
def gender_level(left: int, right: int) -> int:
    """Whether two genders agree, or -1 when one is unknown."""
    if left == 0 or right == 0:
        return -1
    return AGREES if left == right else DIFFERS


@compiled
def name_side(people: People, person: int, name: int, weights: Weights) -> tuple[int, float]:
    """The gender that goes with one of a person's names, and what its weakness costs."""
    gender = people.gender[person] or people.names.gender[name]
    return gender, weights.weak if people.names.weak[name] else 0.0


@compiled
def compare_names(
    tokens: Tokens,
    left: People,
    i: int,
    a: int,
    right: People,
    j: int,
    b: int,
    weights: Weights,
    work: Work,
    found: Found,
) -> float:
    """Bits of one name of each person, with the gender it shows; the findings are written."""
    found.size[0] = 0
    rows = lay_out(tokens, left.names, a, right.names, b, work)
    weigh(tokens, weights, work, rows)
    winner = assign(weights, work, rows)
    write_words(weights, work, rows, winner, found)
    bits = float(work.best[winner])
    left_gender, left_weak = name_side(left, i, a, weights)
    right_gender, right_weak = name_side(right, j, b, weights)
    level = gender_level(left_gender, right_gender)
    if level >= 0:
        write(found, GENDER, level, weights.field[GENDER, level])
        bits += weights.field[GENDER, level]
    if left_weak + right_weak != 0.0:
        write(found, WEAK, 0, left_weak + right_weak)
        bits += left_weak + right_weak
    return bits


@compiled
def best_names(
    tokens: Tokens, left: People, i: int, right: People, j: int, weights: Weights, work: Work, found: Found
) -> tuple[float, int, int]:
    """The pair of names worth most, its bits less the price of choosing; its findings are written."""
    a_start, a_end, b_start, b_end = left.name[i], left.name[i + 1], right.name[j], right.name[j + 1]
    pairs = (a_end - a_start) * (b_end - b_start)
    found.size[0] = 0
    if pairs == 0:
        return 0.0, -1, -1
    if pairs == 1:
        only = compare_names(tokens, left, i, a_start, right, j, b_start, weights, work, found)
        return only, a_start, b_start
    most, first, second = -np.inf, a_start, b_start
    for a in range(a_start, a_end):
        for b in range(b_start, b_end):
            bits = compare_names(tokens, left, i, a, right, j, b, weights, work, found)
            if bits > most:
                most, first, second = bits, a, b
    compare_names(tokens, left, i, first, right, j, second, weights, work, found)
    price = weights.aliases * math.log2(pairs)
    write(found, ALIASES, 0, price)
    return most + price, first, second


@compiled
def births(left: People, i: int, right: People, j: int, weights: Weights, found: Found) -> float:
    """The pair of birth dates worth most; nothing when one side has none."""
    most, level, first, second = -np.inf, -1, -1, -1
    for a in range(left.birth_start[i], left.birth_start[i + 1]):
        for b in range(right.birth_start[j], right.birth_start[j + 1]):
            this = birth_level(left.birth[a], right.birth[b])
            if weights.birth[this] > most:
                most, level, first, second = weights.birth[this], this, a, b
    if level < 0:
        return 0.0
    at = write(found, BIRTH, level, most)
    found.row[at, 2] = first - left.birth_start[i]
    found.row[at, 4] = second - right.birth_start[j]
    return most


@compiled
def field(left: Ragged, i: int, right: Ragged, j: int, feature: int, weights: Weights, found: Found) -> float:
    """Whether two sets of places, countries, documents or contacts meet; nothing when one is empty."""
    if left.start[i] == left.start[i + 1] or right.start[j] == right.start[j + 1]:
        return 0.0
    for a in range(left.start[i], left.start[i + 1]):
        for b in range(right.start[j], right.start[j + 1]):
            if left.value[a] == right.value[b]:
                bits = weights.field[feature, AGREES]
                at = write(found, feature, AGREES, bits)
                found.row[at, 2] = a - left.start[i]
                found.row[at, 4] = b - right.start[j]
                return float(bits)
    bits = weights.field[feature, DIFFERS]
    write(found, feature, DIFFERS, bits)
    return float(bits)


@compiled
def compare_people(
    tokens: Tokens, left: People, i: int, right: People, j: int, weights: Weights, work: Work, found: Found
) -> tuple[float, int, int]:
    """Bits of two people and the two names that were compared; every finding is written."""
    bits, first, second = best_names(tokens, left, i, right, j, weights, work, found)
    bits += births(left, i, right, j, weights, found)
    bits += field(left.place, i, right.place, j, PLACE, weights, found)
    bits += field(left.country, i, right.country, j, COUNTRY, weights, found)
    bits += field(left.document, i, right.document, j, DOCUMENT, weights, found)
    bits += field(left.contact, i, right.contact, j, CONTACT, weights, found)
    lifted = above_doubt(bits, weights.doubt)
    if lifted - bits > NOTICED:
        write(found, DOUBT, 0, lifted - bits)
    return lifted, first, second


@compiled
def above_doubt(bits: float, doubt: float) -> float:
    """The odds with those of an unrelated alias added: never below ``doubt``, and rising with ``bits``."""
    high, low = max(bits, doubt), min(bits, doubt)
    return high + math.log2(1.0 + 2.0 ** (low - high))


@compiled
def judge_pairs(
    tokens: Tokens, left: People, i: Int32, right: People, j: Int32, weights: Weights, bits: Float32
) -> None:
    """Fill ``bits`` for every pair of rows."""
    work, found = room(), nothing_found()
    for k in range(len(i)):
        bits[k] = compare_people(tokens, left, i[k], right, j[k], weights, work, found)[0]
