# SPDX-License-Identifier: AGPL-3.0-or-later
"""What remains of a word when letters are lost: two words within two errors share such a remainder.

The idea is the symmetric deletion of W. Garbe: instead of trying every insertion and exchange, both words
lose up to two letters, and equal remainders meet in one hash table. Only the first ``PREFIX`` letters take
part, so that a long word has no more remainders than a short one; the whole word is compared afterwards.
"""

from typing import NamedTuple

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import Int32, Letters, UInt32, UInt64, Words
from watchword.core.screening.index.words import errors_allowed

PREFIX = 10
MOST_REMAINDERS = 1 + PREFIX + PREFIX * (PREFIX - 1) // 2
STEP = 0x9E37_79B9_7F4A_7C15  # odd, so that it has an inverse among 64-bit numbers
FORWARD, BACK = np.uint64(STEP), np.uint64(pow(STEP, -1, 1 << 64))
BACK_TWICE = np.uint64(pow(STEP, -2, 1 << 64))
STIR, HALF = np.uint64(0xD6E8_FEB8_6659_FD93), np.uint64(32)
WORD_BITS, CHECK = 24, 255


@compiled
def stirred(total: np.uint64) -> np.uint64:
    """Every bit of the sum reaches every bit of the hash."""
    total = (total ^ (total >> HALF)) * STIR
    total = (total ^ (total >> HALF)) * STIR
    return total ^ (total >> HALF)


class Remainders(NamedTuple):
    """Room for what is left of one word: the hashes, and the sums that they are made from."""

    hashes: UInt64
    sums: UInt64


def remainders_room() -> Remainders:
    return Remainders(np.zeros(MOST_REMAINDERS, dtype=np.uint64), np.zeros(PREFIX + 1, dtype=np.uint64))


@compiled
def remainders(letters: Letters, first: int, last: int, allowed: int, room: Remainders) -> int:
    """Write the hashes of the word's beginning and of what up to two losses leave of it; returns how many.

    A hash is the sum of letter times power of ``STEP``; behind a lost letter everything moves back by one
    power, so each remainder costs one multiplication and not a walk along the word.
    """
    out, sums = room
    length, power = min(last - first, PREFIX), np.uint64(1)
    for at in range(length):
        sums[at + 1] = sums[at] + np.uint64(letters[first + at]) * power
        power *= FORWARD
    whole, found = sums[length], 1
    out[0] = stirred(whole)
    for one in range(length if allowed > 0 else 0):
        out[found] = stirred(sums[one] + (whole - sums[one + 1]) * BACK)
        found += 1
        for two in range(one + 1, length if allowed > 1 else 0):
            between = (sums[two] - sums[one + 1]) * BACK
            out[found] = stirred(sums[one] + between + (whole - sums[two + 1]) * BACK_TWICE)
            found += 1
    return found


@compiled
def bucket_shift(buckets: int) -> np.uint64:
    """By how much a hash is shifted to leave the number of one of ``buckets``, a power of two."""
    bits = 0
    while (1 << bits) < buckets:
        bits += 1
    return np.uint64(64 - bits)


@compiled
def count_remainders(words: Words, room: Remainders, counts: Int32) -> int:
    """Add to ``counts[bucket]`` how many remainders fall into each bucket; returns how many there are."""
    shift, total = bucket_shift(len(counts)), 0
    for word in range(len(words.start) - 1):
        first, last = words.start[word], words.start[word + 1]
        found = remainders(words.letters, first, last, errors_allowed(last - first), room)
        total += found
        for at in range(found):
            counts[np.int64(room.hashes[at] >> shift)] += 1
    return total


@compiled
def fill_remainders(words: Words, room: Remainders, free: Int32, deletion: UInt32) -> None:
    """Write every remainder into its bucket, ``free`` being where each bucket's next entry goes."""
    shift = bucket_shift(len(free))
    for word in range(len(words.start) - 1):
        first, last = words.start[word], words.start[word + 1]
        found = remainders(words.letters, first, last, errors_allowed(last - first), room)
        for at in range(found):
            bucket = np.int64(room.hashes[at] >> shift)
            check = np.int64(room.hashes[at]) & CHECK
            deletion[free[bucket]] = np.uint32((check << WORD_BITS) | word)
            free[bucket] += 1
