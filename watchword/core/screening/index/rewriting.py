# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other ways to read a query whose words were glued or torn: as names with one word more, or one less."""

from collections.abc import Mapping, Sequence
from math import log2

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.asking import joined
from watchword.core.screening.index.layout import Arrays, Float64, Words
from watchword.core.screening.index.near import find_exact
from watchword.core.screening.index.plan import MOST_QUERY_WORDS
from watchword.core.screening.index.words import pack

SHORTEST_GLUED, SHORTEST_KNOWN, SHORTEST_PART, LONG_AS_TWO = 6, 3, 2, 11
MOST_READINGS = 2
RARE = 0.1  # names that a part stands in of which the list knows none

Query = Sequence[str]
Likely = Mapping[str, float]  # how many names a word may mean; none if nothing listed is like it


@compiled
def count_names(index: Arrays, words: Words, counts: Float64) -> None:
    """Add in how many names each of the words stands."""
    for number in range(len(words.start) - 1):
        word = find_exact(index, words.letters, words.start[number], words.start[number + 1])
        if word >= 0:
            counts[number] += index.posting_start[word + 1] - index.posting_start[word]


def cuts(word: str) -> list[tuple[str, str]]:
    """The ways in which a word may be two."""
    if len(word) < SHORTEST_GLUED:
        return []
    return [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]


def may_be_glued(word: str, likely: Likely) -> bool:
    """Whether a word resembles nothing listed, or is as long as two."""
    return not likely[word] or len(word) >= LONG_AS_TWO


def counted(indexes: Sequence[Arrays], queries: Sequence[Query], likely: Likely) -> dict[str, float]:
    """In how many names of all indexes each part stands of the words that may be two."""
    glued = {word for query in queries for word in query if may_be_glued(word, likely)}
    parts = sorted({part for word in glued for cut in cuts(word) for part in cut})
    counts, packed = np.zeros(len(parts)), pack(parts)
    for index in indexes if parts else ():
        count_names(index, packed, counts)
    return dict(zip(parts, counts.tolist(), strict=True))


def readings(query: Query, likely: Likely, names: dict[str, float]) -> list[list[str]]:
    """The likeliest other readings: a word that may be two as two, words that together do as one.

    A query that is as long as may be gets no longer: the kernels have room for so many words and no more.
    """
    found: list[tuple[float, list[str]]] = []
    room = len(query) < MOST_QUERY_WORDS
    for at, word in enumerate(query):
        rest = [*query[:at], *query[at + 1 :]]
        found += [
            (sum(log2(names[part] + RARE) for part in cut), [*rest, *cut])
            for cut in (cuts(word) if room and may_be_glued(word, likely) else ())
            if max(len(part) if names[part] else 0 for part in cut) >= SHORTEST_KNOWN
        ]
    for both, mask in joined(query):
        if likely[both]:
            rest = [word for at, word in enumerate(query) if not mask >> at & 1]
            torn = [likely[word] for at, word in enumerate(query) if mask >> at & 1]
            found.append((log2(likely[both]) - log2(min(torn) + RARE), [*rest, both]))
    found.sort(key=lambda reading: -reading[0])
    return [reading for _, reading in found[:MOST_READINGS]]
