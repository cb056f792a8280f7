# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of an index: queries as rows of words, words as rows of what they may stand for."""

from typing import NamedTuple

import numpy as np

from watchword.core.screening.index.layout import CODES, Arrays, Int32, Letters

# Weights are counted in quarters of a bit, whole numbers, so that every machine ranks alike.
QUARTERS = 4
UNKNOWN_WEIGHT, MOST_WEIGHT = 12 * QUARTERS, 16 * QUARTERS
INITIAL_GAIN = 6  # what a letter that agrees with the beginning of a word is worth
SPLIT_COST, JOIN_COST = 8, 6  # two words written as one, one as two
EXTRA_COST = 2  # each word of the listed name that nothing of the query stands for
MOST_GAIN = 255
MOST_QUERY_WORDS = 8


class Plan(NamedTuple):
    """Many queries. A *unit* is a word of the query, or several written as one; its mask says which.

    ``found_start`` gives, for each distinct word, its findings ``found_word`` with ``found_cost``;
    ``part_start`` its ways to be two words of the index, ``part_left`` and ``part_right``.
    """

    word_start: Int32  # query -> its words, with weight and, if it is one letter alone, that letter
    weight: Int32
    letter: Letters
    unit_start: Int32  # query -> its units
    unit_word: Int32
    unit_mask: Int32
    found_start: Int32
    found_word: Int32
    found_cost: Int32
    part_start: Int32
    part_left: Int32
    part_right: Int32


class Work(NamedTuple):
    """Room for one thread. ``head`` has a row for every word of the index, -1 between two queries."""

    head: Int32
    entry_word: Int32
    entry_gain: Int32
    entry_mask: Int32
    entry_next: Int32
    entry_need: Int32
    bucket: Int32
    bucket_next: Int32
    promise: Int32
    best: Int32
    order: Int32
    heap_name: Int32
    heap_score: Int32
    state: Int32


class Search(NamedTuple):
    """Everything that the kernels of one search pass along."""

    arrays: Arrays
    plan: Plan
    work: Work


class Answer(NamedTuple):
    """A row for each query: the score to exceed, and the best names with theirs, -1 after the last."""

    floor: Int32
    name: Int32
    score: Int32


STATES = 8
QUERY, THRESHOLD, ENTRIES, HEAP, WORDS, SLACK, FIRST_SPLIT, LETTERS = range(STATES)  # rows of ``state``


def zeros(size: int) -> Int32:
    return np.zeros(size, dtype=np.int32)


def work_room(words: int) -> Work:
    """Room for one thread in an index of so many words, yet without entries and results."""
    return Work(
        head=np.full(words, -1, dtype=np.int32),
        entry_word=zeros(0),
        entry_gain=zeros(0),
        entry_mask=zeros(0),
        entry_next=zeros(0),
        entry_need=zeros(0),
        bucket=zeros(MOST_GAIN + 1),
        bucket_next=zeros(0),
        promise=zeros(CODES),
        best=zeros(1 << MOST_QUERY_WORDS),
        order=zeros(MOST_QUERY_WORDS),
        heap_name=zeros(0),
        heap_score=zeros(0),
        state=zeros(STATES),
    )


def fitted(work: Work, entries: int, limit: int) -> Work:
    """The same room with place for ``entries`` findings of one query and exactly ``limit`` results."""
    if len(work.entry_word) < entries:
        more = {name: zeros(2 * entries) for name in work._fields if name.startswith(("entry_", "bucket_"))}
        work = work._replace(**more)
    if len(work.heap_name) != limit:
        work = work._replace(heap_name=zeros(limit), heap_score=zeros(limit))
    return work
