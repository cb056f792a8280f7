# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parameters of the model as the kernels take them, and what the kernels leave behind for the reader."""

from typing import NamedTuple

import numpy as np

from watchword.core.screening.arrays import MOST_WORDS, Float64, Int32
from watchword.core.screening.compiled import compiled

# Features of a finding beyond the five parts of a name that `levels` counts from zero.
EXTRA, GENDER, BIRTH, PLACE, COUNTRY, DOCUMENT, CONTACT, ALIASES, WEAK, DOUBT = range(5, 15)
FEATURES = 15
FIELDS = {
    GENDER: "gender",
    PLACE: "place",
    COUNTRY: "country",
    DOCUMENT: "document",
    CONTACT: "contact",
}
MOST_FOUND = MOST_WORDS + 9

AGREES, DIFFERS = 0, 1


class Weights(NamedTuple):
    """Bits for each level of each feature.

    ``word[part, level]`` + ``rarity[level]`` * the rarity of the word; ``extra[part]`` for a word that only
    one of two names has (the last: initials and particles); ``birth[level]``; ``field[feature, level]``.
    ``rarest`` caps the bits of rarity. ``aliases`` is paid for each doubling of the names that could be
    chosen among, ``weak`` for a name that its source calls weak, and names alone never exclude more than
    ``doubt[full names]`` does, as a full name is seldom an unrelated alias.
    """

    word: Float64
    rarity: Float64
    extra: Float64
    birth: Float64
    field: Float64
    rarest: float
    aliases: float
    weak: float
    doubt: Float64


class Found(NamedTuple):
    """What one comparison found: rows of feature, level, and the places of up to two words on each side."""

    row: Int32
    bits: Float64
    size: Int32


@compiled
def nothing_found() -> Found:
    """Room for the findings of one pair."""
    return Found(
        np.zeros((MOST_FOUND, 6), dtype=np.int32),
        np.zeros(MOST_FOUND, dtype=np.float64),
        np.zeros(1, dtype=np.int32),
    )
