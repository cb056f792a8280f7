# SPDX-License-Identifier: AGPL-3.0-or-later
"""From names to the lists of names that hold a word, each with a hint of what else the name holds."""

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import (
    ANY_WORD,
    CODES,
    FIRST_CODE,
    NO_WORD,
    Int32,
    Int64,
    UInt32,
)


@compiled
def code_of(word: int) -> int:
    """The sixteen bits by which a hint tells a word; several words share one when there are many."""
    return FIRST_CODE + word % (CODES - FIRST_CODE)


@compiled
def repeated(name_word: Int32, first: int, at: int) -> bool:
    """Whether the word at this place stood in its name before."""
    for earlier in range(first, at):  # noqa: SIM110 - the compiler knows loops, not generators
        if name_word[earlier] == name_word[at]:
            return True
    return False


@compiled
def count_postings(name_start: Int32, name_word: Int32, counts: Int64) -> None:
    """Add to ``counts[word]`` in how many names each word stands."""
    for name in range(len(name_start) - 1):
        for at in range(name_start[name], name_start[name + 1]):
            if not repeated(name_word, name_start[name], at):
                counts[name_word[at]] += 1


@compiled
def hint_of(name_word: Int32, first: int, last: int, at: int) -> int:
    """Codes of the two words beside the one at ``at``; of three and more, one code and "any word"."""
    low, high = NO_WORD, NO_WORD
    for other in range(first, last):
        if other == at:
            continue
        if low == NO_WORD:
            low = code_of(name_word[other])
        elif high == NO_WORD:
            high = code_of(name_word[other])
        else:
            high = ANY_WORD
    return (high << 16) | low


@compiled
def fill_postings(
    name_start: Int32, name_word: Int32, free: Int64, posting_name: Int32, posting_hint: UInt32
) -> None:
    """Write each name with its hint into the lists of its words, ``free`` being where each list goes on."""
    for name in range(len(name_start) - 1):
        first, last = name_start[name], name_start[name + 1]
        for at in range(first, last):
            if repeated(name_word, first, at):
                continue
            place = free[name_word[at]]
            posting_name[place] = name
            posting_hint[place] = np.uint32(hint_of(name_word, first, last, at))
            free[name_word[at]] = place + 1
