# SPDX-License-Identifier: AGPL-3.0-or-later
"""From words and names to the arrays of an index."""

import numpy as np

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.index.deletions import count_remainders, fill_remainders, remainders_room
from watchword.core.screening.index.layout import MOST_WORDS, Arrays, Int32, UInt32, UInt64, Words, frozen
from watchword.core.screening.index.postings import count_postings, fill_postings


def build(words: Words, keys: tuple[UInt64, Int32], name_start: Int32, name_word: Int32) -> Arrays:
    """An index of the names that are rows of ``words``.

    ``words`` are distinct and sorted; ``keys`` are (key, word) columns in any order; name ``i`` has the words
    ``name_word[name_start[i]:name_start[i + 1]]``. Raises ``WrongState`` if there are more words than fit.
    """
    if len(words.start) > MOST_WORDS:
        raise WrongState(sentence("One index holds at most sixteen million different words; make two."))
    deletion_start, deletion = deletions_of(words)
    order = np.lexsort((keys[1], keys[0]))
    posting_start = np.zeros(len(words.start), dtype=np.int64)
    count_postings(name_start, name_word, posting_start[1:])
    np.cumsum(posting_start, out=posting_start)
    posting_name = np.empty(int(posting_start[-1]), dtype=np.int32)
    posting_hint = np.empty(len(posting_name), dtype=np.uint32)
    fill_postings(name_start, name_word, posting_start[:-1].copy(), posting_name, posting_hint)
    return frozen(
        Arrays(
            *words,
            deletion_start,
            deletion,
            keys[0][order],
            keys[1][order],
            posting_start,
            posting_name,
            posting_hint,
            name_start,
            name_word,
        )
    )


def deletions_of(words: Words) -> tuple[Int32, UInt32]:
    """The hash table of remainders: bucket starts and entries, some two to a bucket."""
    room = remainders_room()
    total = count_remainders(words, room, np.zeros(2, dtype=np.int32))
    buckets = 1 << max(int(total // 2).bit_length(), 4)
    start = np.zeros(buckets + 1, dtype=np.int32)
    count_remainders(words, room, start[1:])
    np.cumsum(start, out=start)
    entries = np.empty(total, dtype=np.uint32)
    fill_remainders(words, room, start[:-1].copy(), entries)
    return start, entries
