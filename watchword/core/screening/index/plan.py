# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of an index: queries as rows of words, words as rows of what they may stand for."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchword.core.screening.index.layout import CODES, Arrays, Int32, Int64

# Weights are counted in quarters of a bit, whole numbers, so that every machine ranks alike.
QUARTERS = 4
UNKNOWN_WEIGHT, MOST_WEIGHT = 12 * QUARTERS, 20 * QUARTERS
INITIAL_GAIN = 6  # what a letter is worth for which the name has the same letter
BEGINNING_GAIN = 5  # and a word that begins with it
SPLIT_COST, JOIN_COST = 8, 6  # two words written as one, one as two
EXTRA_COST = 2  # each word of the listed name that nothing of the query stands for

CONTRADICTED_GIVEN = 20  # the same where that word is a given name or a patronymic
CONTRADICTION = 10  # the same, where a word of the query is left over, too
FLOOR_PARTS, FLOOR_OF = 45, 100  # of the query's weight: what answers less of it is nobody
MOST_IN_FLOOR = 10 * QUARTERS  # the part of a word in that weight: a mangled one must not hide the others
MOST_GAIN = 255
MOST_QUERY_WORDS = 8
EVERY_WORD = (1 << MOST_QUERY_WORDS) - 1


ENTRY = np.dtype(
    [
        ("word", np.int32),
        ("gain", np.int32),
        ("mask", np.int32),
        ("following", np.int32),  # the next entry of the same word; of a split, the other half
        ("need", np.int32),  # of a split, the code of the other half
        ("equal", np.int32),  # the next entry with the same gain
    ]
)
HEAP = np.dtype([("name", np.int32), ("score", np.int32)])
STATE = np.dtype(
    [
        ("query", np.int32),
        ("words", np.int32),  # of the query
        ("letters", np.int32),  # words of it that are one letter
        ("slack", np.int32),  # what those can give beyond any promise
        ("entries", np.int32),
        ("splits", np.int32),  # the first entry that is a split
        ("size", np.int32),  # of the heap
        ("threshold", np.int32),  # the score to exceed
    ]
)
ASKED_WORD = np.dtype(
    [
        ("weight", np.int32),
        ("letter", np.int32),  # if it is one letter alone
        ("number", np.int32),  # of the distinct word
        ("against", np.int32),  # what it costs to be contradicted
    ]
)
UNIT = np.dtype([("word", np.int32), ("mask", np.int32)])

Rows = NDArray[np.void]


class Plan(NamedTuple):
    """Many queries. A *unit* is a word of the query, or several written as one; its mask says which.

    ``found_start`` gives, for each distinct word, its findings ``found``; ``part_start`` its ways to be two
    words of the index, ``part``.
    """

    word_start: Int32  # query -> its words
    word: Rows
    unit_start: Int32  # query -> its units
    unit: Rows
    rare: Int32  # what each distinct word is worth
    found_start: Int32
    found: Rows
    part_start: Int32
    part: Rows


class Work(NamedTuple):
    """Room for one thread. ``head`` has a row for every word of the index, -1 between two queries.

    ``promise`` says for each code of a hint how much such a word may give; ``best`` what a name's words give
    together for each mask of the query's; ``names`` in how many names a word of the query
    may stand and ``order`` which of them comes first; ``bucket`` the
    entries by their gain.
    """

    head: Int32
    entry: Rows
    bucket: Int32
    promise: Int32
    best: Int32
    order: Int32
    names: Int64
    heap: Rows
    state: Rows


class Search(NamedTuple):
    """Everything that the kernels of one search pass along."""

    arrays: Arrays
    plan: Plan
    work: Work


class Answer(NamedTuple):
    """A row for each query: its whole weight, and the best names with their scores, -1 after the last."""

    whole: Int32
    name: Int32
    score: Int32


def work_room(words: int) -> Work:
    """Room for one thread in an index of so many words, yet without entries and results."""
    return Work(
        head=np.full(words, -1, dtype=np.int32),
        entry=np.zeros(0, ENTRY),
        bucket=np.zeros(MOST_GAIN + 1, np.int32),
        promise=np.zeros(CODES, np.int32),
        best=np.zeros(1 << MOST_QUERY_WORDS, np.int32),
        order=np.zeros(MOST_QUERY_WORDS, np.int32),
        names=np.zeros(MOST_QUERY_WORDS, np.int64),
        heap=np.zeros(0, HEAP),
        state=np.zeros(1, STATE),
    )


def fitted(work: Work, entries: int, limit: int) -> Work:
    """The same room with place for ``entries`` findings of one query and exactly ``limit`` results."""
    if len(work.entry) < entries:
        work = work._replace(entry=np.zeros(2 * entries, ENTRY))
    if len(work.heap) != limit:
        work = work._replace(heap=np.zeros(limit, HEAP))
    return work
