# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small indexes for tests, and a dictionary that knows only what a test tells it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from watchword.core.screening.index import Collector, Searcher


class Known(NamedTuple):
    """What the dictionary says of one word."""

    given: int = 0
    patronymic: int = 0
    surname: int = 0
    groups: tuple[int, ...] = ()
    patronymic_of: tuple[int, ...] = ()
    surname_base: str = ""


class Dictionary:
    """A lexicon of a few words; of all others it knows nothing."""

    totals = Known(1000, 1000, 1000)

    def __init__(self, words: Mapping[str, Known] | None = None) -> None:
        self._words = words or {}

    def look_up(self, skeleton: str) -> Known:
        return self._words.get(skeleton, Known())


def searcher(*lists: Iterable[str | Sequence[str]], dictionary: Dictionary | None = None) -> Searcher:
    """One index for each list of names; a name may be written with spaces."""
    known = dictionary or Dictionary()
    indexes = []
    for names in lists:
        collector = Collector()
        for name in names:
            collector.add(name.split() if isinstance(name, str) else name)
        indexes.append(collector.arrays(known))
    return Searcher(indexes, known)


def found(search: Searcher, query: str, limit: int = 20) -> list[int]:
    """The names that one query finds, best first."""
    names: list[int] = search.search([query.split()], limit).name[0].tolist()
    return [name for name in names if name >= 0]
