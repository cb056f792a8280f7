# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words between text and arrays, and how many errors a word of some length may have."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import LONGEST_WORD, Words

LONG = 6  # letters of a word that is known by its rest even with three errors


def pack(words: Sequence[str]) -> Words:
    """The letters of ``words`` side by side, each cut at ``LONGEST_WORD``.

    Raises ``WrongState`` for what is not a skeleton, which is ASCII without a NUL.
    """
    text = "\0".join(words)
    if not text.isascii() or text.count("\0") != max(len(words) - 1, 0):
        raise WrongState(sentence("Only skeletons of names can be indexed."))
    cut = [word[:LONGEST_WORD] for word in words]
    start = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum([len(word) for word in cut], out=start[1:])
    return Words(np.frombuffer("".join(cut).encode("ascii"), dtype=np.uint8), start)


def unpack(words: Words) -> list[str]:
    """The words again, as text."""
    text = words.letters.tobytes().decode("ascii")
    bounds = words.start.tolist()
    return [text[first:last] for first, last in pairwise(bounds)]


@compiled
def errors_allowed(length: int) -> int:
    """How many errors a search forgives a word of so many letters.

    In two letters any error makes another word of the dictionary; from five on, two errors still leave
    enough to know the word by.
    """
    if length <= 2:
        return 0
    return 1 if length <= 4 else 2


@compiled
def errors_forgiven(length: int, listed: bool) -> int:
    """The same for a word that is ``listed`` as it stands, or is not: then it may have been mangled worse."""
    return errors_allowed(length) if listed or length < LONG else 3
