# SPDX-License-Identifier: AGPL-3.0-or-later
"""From names asked for to rows of words: every distinct word is looked up once, however many ask for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, permutations
from typing import TypeVar

import numpy as np

from watchword.core.screening.index.keys import Lexicon, is_surname, keys_of, share_of
from watchword.core.screening.index.layout import Float64, Int32
from watchword.core.screening.index.near import Sought
from watchword.core.screening.index.plan import ASKED_WORD, CONTRADICTED_GIVEN, CONTRADICTION, UNIT, Rows
from watchword.core.screening.index.words import pack

T = TypeVar("T")

SHORT_NAME = 4  # words; in a longer one only neighbours are tried as one word


@dataclass(frozen=True)
class Asked:
    """Queries as rows of units, and every distinct word of theirs once."""

    text: list[str]
    sought: Sought
    share: Float64  # of all people who bear a word, as far as a dictionary knows
    word_start: Int32  # query -> rows of ``word``, yet without their weights
    word: Rows
    unit_start: Int32
    unit: Rows

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

    Unless ``join`` is false, words written as one are looked for, too; neighbours with two errors.
    """
    number: dict[str, int] = {}
    rows = [[number.setdefault(word, len(number)) for word in words] for words in queries]
    plain = len(number)
    entries = [lexicon.look_up(word) for word in number]
    keys = [keys_of(entry) for entry in entries]
    for words in queries if join else ():
        for one, other in pairwise(words):
            number.setdefault(one + other, len(number))
    wide = len(number)
    units: list[list[tuple[int, int]]] = []
    for words, row in zip(queries, rows, strict=True):
        own = [(word, 1 << at) for at, word in enumerate(row)]
        together = joined(words) if join else ()
        units.append(own + [(number.setdefault(word, len(number)), mask) for word, mask in together])
    text = list(number)
    letter = [ord(word) if len(word) == 1 else 0 for word in text]
    against = [
        CONTRADICTION if is_surname(entry, lexicon.totals) else CONTRADICTED_GIVEN for entry in entries
    ]
    share = np.zeros(len(text))
    share[:plain] = [share_of(entry, lexicon.totals) for entry in entries]
    sought = Sought(*pack(text), plain, wide, starts(keys), np.array(flat(keys), dtype=np.uint64))
    return Asked(
        text=text,
        sought=sought,
        share=share,
        word_start=starts(rows),
        word=table(((0, letter[word], word, against[word]) for word in flat(rows)), ASKED_WORD),
        unit_start=starts(units),
        unit=table(flat(units), UNIT),
    )


def starts(rows: Sequence[Sequence[object]]) -> Int32:
    """Where each row begins when they stand one after another."""
    return np.array([0, *accumulate(map(len, rows))], dtype=np.int32)


def flat(rows: Iterable[Iterable[T]]) -> list[T]:
    """The rows one after another."""
    return [value for row in rows for value in row]


def table(rows: Iterable[tuple[int, ...]], fields: np.dtype[np.void]) -> Rows:
    """Rows of whole numbers; numpy takes tuples for such fields, too, but in five times as long."""
    return np.array(flat(rows), dtype=np.int32).view(fields)
