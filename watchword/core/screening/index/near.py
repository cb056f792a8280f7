# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of an index a word may stand for: by its letters, by what a dictionary says, by its parts."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.deletions import (
    CHECK,
    WORD_BITS,
    Remainders,
    bucket_shift,
    remainders,
    remainders_room,
)
from watchword.core.screening.index.distance import distance, mark_letters
from watchword.core.screening.index.keys import KIND_BITS
from watchword.core.screening.index.layout import Arrays, Float64, Int32, Letters, UInt64
from watchword.core.screening.index.words import errors_allowed, errors_forgiven

WORD_MASK = (1 << WORD_BITS) - 1
LETTER_COST = np.array([0, 24, 44, 62], dtype=np.int32)  # for each error
KEY_COST = np.array([4, 8, 12, 0], dtype=np.int32)  # for each kind of key
NEAR_KEY_COST = np.array([4, 4, 4, 0], dtype=np.int32)  # of a word that is like it by its letters, too
SHORTEST_PART, QUARTERS = 2, 4
INITIAL = 255  # the cost that marks a word of one letter, found for a longer one that begins with it


FOUND = np.dtype([("word", np.int32), ("cost", np.int32)])  # quarter bits of evidence lost
PART = np.dtype([("left", np.int32), ("right", np.int32)])


class Sought(NamedTuple):
    """Words to be looked up: the first ``plain`` in every way, the others by their letters alone.

    Those from ``wide`` on forgive one error: they are guesses, and there are many of them.
    """

    letters: Letters
    start: Int32
    plain: int
    wide: int
    key_start: Int32
    keys: UInt64


class Looked(NamedTuple):
    """The letters of the word that is looked for."""

    letters: Letters
    first: int
    last: int


class Rows(NamedTuple):
    """Where each word's findings begin, where its pairs of parts, and how many names it may mean."""

    found: Int32
    part: Int32
    likely: Float64


class Near(NamedTuple):
    """Room for what is found, and the scratch of one thread.

    ``found`` goes as far as ``counts[0]``; ``part``, as far as ``counts[1]``, has pairs of words that one
    word may be written as; ``counts[2]`` is where the findings of this word begin. The counts go on when the
    room is full, so that they tell how much is needed. ``seen`` has a row for every word of the index: the
    stamp of the search that kept it, negative if that looked at it in vain. ``places`` are the marks of the
    word looked for.
    """

    found: NDArray[np.void]
    part: NDArray[np.void]
    counts: Int32
    seen: Int32
    stamp: Int32
    places: UInt64
    remainders: Remainders


def room(words: int, size: int) -> Near:
    """Room for searches in an index of so many words, for ``size`` findings together."""
    return Near(
        np.zeros(size, FOUND),
        np.zeros(size, PART),
        np.zeros(3, dtype=np.int32),
        np.zeros(words, dtype=np.int32),
        np.zeros(1, dtype=np.int32),
        np.zeros(256, dtype=np.uint64),
        remainders_room(),
    )


def rows_room(words: int) -> Rows:
    """Room for the rows of so many words sought."""
    return Rows(np.zeros(words + 1, np.int32), np.zeros(words + 1, np.int32), np.zeros(words))


@compiled
def keep(near: Near, word: int, cost: int) -> None:
    """Add a finding, or lower the cost of the same one; without room the count goes on all the same."""
    if near.seen[word] == near.stamp[0]:
        for at in range(near.counts[2], min(near.counts[0], len(near.found))):
            if near.found[at].word == word:
                near.found[at].cost = min(near.found[at].cost, cost)
        return
    near.seen[word] = near.stamp[0]
    if near.counts[0] < len(near.found):
        near.found[near.counts[0]].word = word
        near.found[near.counts[0]].cost = cost
    near.counts[0] += 1


@compiled
def by_letters(index: Arrays, word: Looked, allowed: int, near: Near) -> None:
    """Keep every word within ``allowed`` errors, and within those that its own length allows.

    Three errors are found where two losses on both sides leave the same: most of them are.
    """
    letters, first, last = word
    length, shift = last - first, bucket_shift(len(index.deletion_start) - 1)
    mark_letters(letters, first, last, near.places, True)
    for at in range(remainders(letters, first, last, min(allowed, 2), near.remainders)):
        bucket = np.int64(near.remainders.hashes[at] >> shift)
        check = np.int64(near.remainders.hashes[at]) & CHECK
        for entry in range(index.deletion_start[bucket], index.deletion_start[bucket + 1]):
            if (np.int64(index.deletion[entry]) >> WORD_BITS) != check:
                continue
            other = int(index.deletion[entry]) & WORD_MASK
            if abs(near.seen[other]) == near.stamp[0]:
                continue
            near.seen[other] = -near.stamp[0]
            start, end = index.word_start[other], index.word_start[other + 1]
            forgiven = min(allowed, errors_forgiven(end - start, allowed < 3))
            if abs((end - start) - length) > forgiven:
                continue
            errors = distance(near.places, length, index.letters, start, end)
            if errors <= forgiven:
                keep(near, other, LETTER_COST[errors])
    mark_letters(letters, first, last, near.places, False)


@compiled
def first_row(index: Arrays, key: np.uint64) -> int:
    """The first row of the sorted keys that is not below this one."""
    low, high = 0, len(index.key)
    while low < high:
        middle = (low + high) // 2
        if index.key[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def by_keys(index: Arrays, sought: Sought, number: int, near: Near) -> None:
    """Keep every word that shares a key with this one."""
    by_letters_until = near.counts[0]
    for at in range(sought.key_start[number], sought.key_start[number + 1]):
        key = sought.keys[at]
        kind, row = np.int64(key) & ((1 << KIND_BITS) - 1), first_row(index, key)
        while row < len(index.key) and index.key[row] == key:
            word = index.key_word[row]
            both = holds(near, word, by_letters_until)
            keep(near, word, NEAR_KEY_COST[kind] if both else KEY_COST[kind])
            row += 1


@compiled
def holds(near: Near, word: int, until: int) -> bool:
    """Whether this word is among the findings before ``until``."""
    for at in range(near.counts[2], min(until, len(near.found))):  # noqa: SIM110 - no generators here
        if near.found[at].word == word:
            return True
    return False


@compiled
def find_exact(index: Arrays, letters: Letters, first: int, last: int) -> int:
    """The number of the word with exactly these letters, or -1; words are sorted by their bytes."""
    low, high = 0, len(index.word_start) - 1
    while low < high:
        middle = (low + high) // 2
        start, end = index.word_start[middle], index.word_start[middle + 1]
        at = 0
        while first + at < last and start + at < end and letters[first + at] == index.letters[start + at]:
            at += 1
        if first + at == last and start + at == end:
            return middle
        if first + at == last or (start + at < end and letters[first + at] < index.letters[start + at]):
            high = middle
        else:
            low = middle + 1
    return -1


@compiled
def by_initial(index: Arrays, letters: Letters, first: int, last: int, near: Near) -> None:
    """Keep the word that is this one's first letter alone."""
    if last - first > 1:
        word = find_exact(index, letters, first, first + 1)
        if word >= 0:
            keep(near, word, INITIAL)


@compiled
def by_parts(index: Arrays, letters: Letters, first: int, last: int, near: Near) -> None:
    """Keep every pair of words that this one is when they are written together.

    A letter that ends the one and begins the other may have been written once.
    """
    for cut in range(first + SHORTEST_PART, last - SHORTEST_PART + 1):
        left = find_exact(index, letters, first, cut)
        for begin in range(cut, cut - 2 if left >= 0 else cut, -1):
            right = find_exact(index, letters, begin, last)
            if right < 0:
                continue
            if near.counts[1] < len(near.part):
                near.part[near.counts[1]].left = left
                near.part[near.counts[1]].right = right
            near.counts[1] += 1


@compiled
def likelihood(index: Arrays, near: Near) -> float:
    """How many names hold the word that was most likely meant; each bit of cost halves them."""
    most = 0.0
    for at in range(near.counts[2], min(near.counts[0], len(near.found))):
        word, cost = near.found[at].word, near.found[at].cost
        if cost != INITIAL:
            names = index.posting_start[word + 1] - index.posting_start[word]
            most = max(most, names * 0.5 ** (cost / QUARTERS))
    return most


@compiled
def find_all(index: Arrays, sought: Sought, near: Near, rows: Rows) -> None:
    """Look every word up; ``rows.likely`` adds to what it holds."""
    near.counts[0] = near.counts[1] = 0
    for word in range(len(sought.start) - 1):
        near.stamp[0] += 1
        near.counts[2], first, last = near.counts[0], sought.start[word], sought.start[word + 1]
        allowed = errors_allowed(last - first)
        looked = Looked(sought.letters, first, last)
        if word < sought.plain:
            listed = find_exact(index, sought.letters, first, last) >= 0
            by_letters(index, looked, errors_forgiven(last - first, listed), near)
            by_keys(index, sought, word, near)
            by_initial(index, sought.letters, first, last, near)
            by_parts(index, sought.letters, first, last, near)
        else:
            by_letters(index, looked, allowed if word < sought.wide else min(allowed, 1), near)
        rows.found[word + 1], rows.part[word + 1] = near.counts[0], near.counts[1]
        rows.likely[word] += likelihood(index, near)
