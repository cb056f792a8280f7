# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs as a matrix: how often each level of each feature was found, and what is not learned as an offset."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.learning.pairs import Pair
from tools.learning.tables import Tables, nested
from watchword.core import names
from watchword.core.screening.compare.births import BIRTHS
from watchword.core.screening.compare.kernel import Sides, compare_people, ready
from watchword.core.screening.compare.levels import LEVELS, PARTS
from watchword.core.screening.compare.parameters import EXTRAS, weights_from
from watchword.core.screening.compare.weights import BIRTH, DOUBT, EXTRA, GENDER
from watchword.core.screening.encoding import Encoder

Column = tuple[str, str]
COLUMNS: tuple[Column, ...] = (
    *((f"word.{part}", level) for part in PARTS for level in LEVELS),
    *(("extra", part) for part in EXTRAS),
    *(("birth", level) for level in BIRTHS),
    ("gender", "agrees"),
    ("gender", "differs"),
)
PLACE_OF = {column: place for place, column in enumerate(COLUMNS)}


class Design(NamedTuple):
    """One row a pair: counts of ``COLUMNS``, bits that are not learned, how many names have a patronymic."""

    counts: NDArray[np.float64]
    offset: NDArray[np.float64]
    full: NDArray[np.int64]


def column_of(number: int, level: int) -> Column | None:
    """The learned number that a finding of the kernel stands for."""
    if number < EXTRA:
        return f"word.{PARTS[number]}", LEVELS[level]
    if number == EXTRA:
        return "extra", EXTRAS[level]
    if number == BIRTH:
        return "birth", BIRTHS[level]
    return ("gender", ("agrees", "differs")[level]) if number == GENDER else None


def design(pairs: Sequence[Pair], tables: Tables) -> Design:
    """Align every pair with these parameters and write down what was found."""
    weights = weights_from(nested(tables))
    encoder, run = Encoder(names.lexicon()), ready(weights)
    left = encoder.people([pair.left for pair in pairs])
    right = encoder.people([pair.right for pair in pairs])
    sides = Sides(left.tokens, left.people, right.people)
    made = Design(np.zeros((len(pairs), len(COLUMNS))), np.zeros(len(pairs)), np.zeros(len(pairs), np.int64))
    for at in range(len(pairs)):
        _, (first, second) = compare_people(sides, np.int32(at), np.int32(at), run)
        made.full[at] = left.people.names.full[first] + right.people.names.full[second]
        rows, bits = run.found.row[: run.found.size[0]].tolist(), run.found.bits.tolist()
        for (number, level, *_), worth in zip(rows, bits, strict=False):
            column = column_of(number, level)
            if column is not None:
                made.counts[at, PLACE_OF[column]] += 1
                made.offset[at] -= tables[column[0]][column[1]]
            if number != DOUBT:
                made.offset[at] += worth
    return made


def vector(tables: Tables) -> NDArray[np.float64]:
    """The learned numbers in the order of the columns."""
    return np.array([tables[table][key] for table, key in COLUMNS])
