# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes in which people reach the kernels: plain arrays, ragged ones as a pair of starts and values."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LETTERS = 24  # of a skeleton that are compared; what differs only behind them counts as close
CHOICES = 8  # groups of names that one word may belong to
MOST_WORDS = 8  # of one name that are compared

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
Bytes = NDArray[np.uint8]


class Tokens(NamedTuple):
    """Every distinct skeleton of one run, a row each.

    ``letters`` padded with zeros, ``length`` of them in use; ``base`` is the row of the surname without its
    gender's ending; ``rarity`` in bits as given name, patronymic, surname and as whichever is likeliest;
    ``group`` and ``father`` are padded with -1.
    """

    letters: Bytes
    length: Int32
    base: Int32
    rarity: Float32
    group: Int32
    father: Int32


class Ragged(NamedTuple):
    """Row ``i`` is ``value[start[i]:start[i + 1]]``."""

    start: Int32
    value: Int32


class Names(NamedTuple):
    """Names as rows of tokens with their roles.

    ``gender`` is 0 unknown, 1 male or 2 female; ``weak`` says that the source calls the name so, ``full``
    that it has a patronymic.
    """

    start: Int32
    token: Int32
    role: Int8
    gender: Int8
    weak: Int8
    full: Int8


class People(NamedTuple):
    """People as rows: ``name`` says where their names begin; ``birth`` rows are year, month, day, circa."""

    names: Names
    name: Int32
    birth_start: Int32
    birth: Int32
    gender: Int8
    place: Ragged
    country: Ragged
    document: Ragged
    contact: Ragged
