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
    start, many = left.name[i], left.name[i + 1] - left.name[i]
    other_start, other_many = right.name[j], right.name[j + 1] - right.name[j]
    pairs = many * other_many
    found.size[0] = 0
    if pairs == 0:
        return 0.0, -1, -1
    most, best = -np.inf, 0
    # One turn more than there are pairs: the last one writes the findings of the best again.
    for turn in range(pairs + min(pairs - 1, 1)):
        pair = turn if turn < pairs else best
        a, b = start + pair // other_many, other_start + pair % other_many
        bits = compare_names(tokens, left, i, a, right, j, b, weights, work, found)
        if bits > most:
            most, best = bits, pair
    if pairs > 1:
        price = weights.aliases * math.log2(pairs)
        write(found, ALIASES, 0, price)
        most += price
    return most, start + best // other_many, other_start + best % other_many


@compiled
def births(left: People, i: int, right: People, j: int, weights: Weights, found: Found) -> None:
    """The pair of birth dates worth most; nothing when one side has none."""
    most, level, first, second = -np.inf, -1, -1, -1
    for a in range(left.birth_start[i], left.birth_start[i + 1]):
        for b in range(right.birth_start[j], right.birth_start[j + 1]):
            this = birth_level(left.birth[a], right.birth[b])
            if weights.birth[this] > most:
                most, level, first, second = weights.birth[this], this, a, b
    if level >= 0:
        at = write(found, BIRTH, level, most)
        found.row[at, 2] = first - left.birth_start[i]
        found.row[at, 4] = second - right.birth_start[j]


@compiled
def field(left: Ragged, i: int, right: Ragged, j: int, feature: int, weights: Weights, found: Found) -> None:
    """Whether two sets of places, countries, documents or contacts meet; nothing when one is empty."""
    if left.start[i] == left.start[i + 1] or right.start[j] == right.start[j + 1]:
        return
    for a in range(left.start[i], left.start[i + 1]):
        for b in range(right.start[j], right.start[j + 1]):
            if left.value[a] == right.value[b]:
                at = write(found, feature, AGREES, weights.field[feature, AGREES])
                found.row[at, 2] = a - left.start[i]
                found.row[at, 4] = b - right.start[j]
                return
    write(found, feature, DIFFERS, weights.field[feature, DIFFERS])


@compiled
def compare_people(
    tokens: Tokens, left: People, i: int, right: People, j: int, weights: Weights, work: Work, found: Found
) -> tuple[float, int, int]:
    """Bits of two people and the two names that were compared; every finding is written."""
    bits, first, second = best_names(tokens, left, i, right, j, weights, work, found)
    about_names = found.size[0]
    births(left, i, right, j, weights, found)
    field(left.place, i, right.place, j, PLACE, weights, found)
    field(left.country, i, right.country, j, COUNTRY, weights, found)
    field(left.document, i, right.document, j, DOCUMENT, weights, found)
    field(left.contact, i, right.contact, j, CONTACT, weights, found)
    doubt = weights.doubt[full_names(left.names, first) + full_names(right.names, second)]
    for at in range(about_names, found.size[0]):
        bits += found.bits[at]
        doubt += min(0.0, found.bits[at])
    lifted = above_doubt(bits, doubt)
    if lifted - bits > NOTICED:
        write(found, DOUBT, 0, lifted - bits)
    return lifted, first, second


@compiled
def full_names(names: Names, name: int) -> int:
    """1 for a name with a patronymic: registers write such names, and seldom an alias in their place."""
    return int(names.full[name]) if name >= 0 else 0


@compiled
def above_doubt(bits: float, doubt: float) -> float:
    """The odds with those of an unrelated alias added: never below ``doubt``, and rising with both."""
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
