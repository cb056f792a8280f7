# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shape of an index in memory: flat arrays, the same ones that lie on disk."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Letters = NDArray[np.uint8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]
Float64 = NDArray[np.float64]

LONGEST_WORD = 63  # letters; a machine word holds one bit for each while two words are compared
MOST_WORDS = 1 << 24  # distinct words in one index: a deletion keeps 24 bits for the word, 8 against chance
CODES = 1 << 16  # a posting tells of the other words of its name in two codes of 16 bits
NO_WORD, ANY_WORD, FIRST_CODE = 0, 1, 2


class Arrays(NamedTuple):
    """What a search reads. Row ``i`` of anything ragged lies between ``start[i]`` and ``start[i + 1]``.

    A *word* is a distinct skeleton, numbered in the order of its bytes; a *name* is numbered from 0 and is a
    row of words. The arrays are read-only: several processes and threads look at the same pages.
    """

    letters: Letters  # all words, one after another
    word_start: Int32
    deletion_start: Int32  # buckets of a hash table, their number a power of two
    deletion: UInt32  # eight bits of the hash, then 24 bits of the word
    key: UInt64  # sorted: what a dictionary of names says of a word (keys.py), not of its letters
    key_word: Int32
    posting_start: Int64
    posting_name: Int32  # the names that hold a word, in their order
    posting_hint: UInt32  # two codes of the name's other words, so that most names need not be opened
    name_start: Int32
    name_word: Int32


TYPES = ("u1", "i4", "i4", "u4", "u8", "i4", "i8", "i4", "u4", "i4", "i4")  # of the arrays in their order


def coherent(index: Arrays) -> bool:
    """Whether types and lengths fit together, as far as it shows without reading everything."""
    rows = (
        (index.word_start, index.letters),
        (index.deletion_start, index.deletion),
        (index.posting_start, index.posting_name),
        (index.name_start, index.name_word),
    )
    buckets = len(index.deletion_start) - 1
    types = tuple(np.dtype(type_) for type_ in TYPES)
    return (
        tuple(np.asarray(array).dtype for array in index) == types
        and all(len(start) > 0 and start[0] == 0 and start[-1] == len(value) for start, value in rows)
        and len(index.posting_start) == len(index.word_start)
        and len(index.posting_hint) == len(index.posting_name)
        and len(index.key_word) == len(index.key)
        and buckets > 1
        and buckets & (buckets - 1) == 0
    )


class Words(NamedTuple):
    """Words packed for a kernel."""

    letters: Letters
    start: Int32


def frozen(arrays: Arrays) -> Arrays:
    """The same arrays, not to be written any more; kernels are compiled for read-only ones alone."""
    for array in arrays:
        array.flags.writeable = False
    return arrays
