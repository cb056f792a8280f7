# SPDX-License-Identifier: AGPL-3.0-or-later
"""From names asked for to rows of words: every distinct word is looked up once, however many ask for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from watchword.core.screening.index.keys import Lexicon, keys_of, share_of
from watchword.core.screening.index.layout import Float64, Int32
from watchword.core.screening.index.near import Sought
from watchword.core.screening.index.plan import UNIT
from watchword.core.screening.index.plan import Rows as Units
from watchword.core.screening.index.words import pack

SHORT_NAME = 4  # words; in a longer one only neighbours are tried as one word


@dataclass(frozen=True)
class Asked:
    """Queries as rows of units, and every distinct word of theirs once."""

    text: list[str]
    sought: Sought
    share: Float64  # of all people who bear a word, as far as a dictionary knows
    word_start: Int32  # query -> rows of ``word``
    word: Int32
    letter: Int32
    unit_start: Int32
    unit: Units

    def __len__(self) -> int:
        return len(self.word_start) - 1


def joined(words: Sequence[str]) -> list[tuple[str, int]]:
    """Two words of the query written as one, in either order, with their masks.

    The order in which a person's words come says nothing, so any two of a short name are tried.
    """
    far = len(words) if len(words) <= SHORT_NAME else 2
    return [
        (words[one] + words[two], 1 << one | 1 << two)
        for one, two in permutations(range(len(words)), 2)
        if abs(one - two) < far
    ]


def ask(queries: Sequence[Sequence[str]], lexicon: Lexicon, *, join: bool = True) -> Asked:
    """Lay the queries out, each of at most ``MOST_QUERY_WORDS`` words, none empty.

    Unless ``join`` is false, words written as one are looked for, too.
    """
    number: dict[str, int] = {}
    rows = [[number.setdefault(word, len(number)) for word in words] for words in queries]
    plain = len(number)
    entries = [lexicon.look_up(word) for word in number]
    keys = [keys_of(entry) for entry in entries]
    units: list[list[tuple[int, int]]] = []
    for words, row in zip(queries, rows, strict=True):
        own = [(word, 1 << at) for at, word in enumerate(row)]
        units.append(
            own
            + [(number.setdefault(word, len(number)), mask) for word, mask in (joined(words) if join else ())]
        )
    word = flat(rows)
    packed = pack(list(number))
    single = np.diff(packed.start) == 1
    first_letters = np.where(single, packed.letters[packed.start[:-1]], 0) if number else single
    return Asked(
        text=list(number),
        sought=Sought(
            *packed, plain, starts(keys), np.array([key for row in keys for key in row], dtype=np.uint64)
        ),
        share=np.array(
            [share_of(entry, lexicon.totals) for entry in entries] + [0.0] * (len(number) - plain)
        ),
        word_start=starts(rows),
        word=word,
        letter=first_letters.astype(np.int32)[word],
        unit_start=starts(units),
        unit=np.array([unit for row in units for unit in row], dtype=UNIT),
    )


def starts(rows: Sequence[Sequence[object]]) -> Int32:
    """Where each row begins when they stand one after another."""
    start = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum([len(row) for row in rows], out=start[1:])
    return start


def flat(rows: Sequence[Sequence[int]]) -> Int32:
    """The rows one after another."""
    return np.array([value for row in rows for value in row], dtype=np.int32)
