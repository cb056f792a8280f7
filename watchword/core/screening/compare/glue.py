# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two words of one name that are one word in the other: joined before the names are compared, in a kernel."""

from watchword.core.screening.arrays import Int32, Tokens
from watchword.core.screening.compare.alignment import Work
from watchword.core.screening.compare.levels import INITIAL_BIT
from watchword.core.screening.compiled import compiled

SHORTEST = 6  # letters of a word that two others may make up; shorter ones meet by chance


@compiled
def joins(tokens: Tokens, first: int, second: int, whole: int) -> bool:
    """Whether ``first`` followed by ``second`` spells ``whole``; a letter doubled at the seam stands once."""
    head, tail = tokens.length[first], tokens.length[second]
    missing = head + tail - tokens.length[whole]
    if missing not in (0, 1):
        return False
    if missing == 1 and tokens.letters[first, head - 1] != tokens.letters[second, 0]:
        return False
    for k in range(head):
        if tokens.letters[first, k] != tokens.letters[whole, k]:
            return False
    for k in range(missing, tail):
        if tokens.letters[second, k] != tokens.letters[whole, head + k - missing]:
            return False
    return True


@compiled
def join(work: Work, side: int, first: int, second: int, whole: int) -> None:
    """Let one word stand for two: it takes the token and the role of the word that it was found equal to."""
    work.word[side, first, 0] = work.word[1 - side, whole, 0]
    work.word[side, first, 1] = work.word[1 - side, whole, 1]
    work.word[side, first, 3] = work.word[side, second, 2]
    last = work.size[side] - 1
    for column in range(4):
        work.word[side, second, column] = work.word[side, last, column]
    work.size[side] = last


@compiled
def can_join(left: Int32, right: Int32) -> bool:
    """Whether two words may be halves: neither is an initial, nor itself joined already."""
    return bool((left[1] | right[1]) & INITIAL_BIT == 0 and left[3] < 0 and right[3] < 0)


@compiled
def join_one(tokens: Tokens, work: Work, side: int) -> bool:
    """Join the first two words of ``side`` that make up one of the other side; False when there are none."""
    for j in range(work.size[1 - side]):
        whole = work.word[1 - side, j, 0]
        if tokens.length[whole] < SHORTEST:
            continue
        for i in range(work.size[side]):
            for k in range(work.size[side]):
                first, second = work.word[side, i], work.word[side, k]
                if i != k and can_join(first, second) and joins(tokens, first[0], second[0], whole):
                    join(work, side, i, k, j)
                    return True
    return False


@compiled
def join_words(tokens: Tokens, work: Work) -> None:
    """Join on both sides whatever can be joined."""
    for side in range(2):
        while join_one(tokens, work, side):
            pass
