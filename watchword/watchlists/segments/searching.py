# SPDX-License-Identifier: AGPL-3.0-or-later
"""All segments together as one index that several threads and processes may ask."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from watchword.core import names
from watchword.core.screening.index.collecting import Collector
from watchword.core.screening.index.searching import Searcher
from watchword.watchlists.segments.container import Container
from watchword.watchlists.segments.segment import Ids, Segment, load
from watchword.watchlists.segments.writing import numbered

Scores = NDArray[np.float32]
TOGETHER = 1000  # queries that share their look-ups of words
NOBODY = -1


class Index:
    """Names found by their skeletons. It only reads, so any number of processes may hold the same files."""

    def __init__(self, segments: Sequence[Segment], containers: Sequence[Container] = ()) -> None:
        self._segments, self._containers = tuple(segments), tuple(containers)
        self._lexicon = names.lexicon()
        self._own = threading.local()

    @classmethod
    def open(cls, paths: Iterable[Path]) -> Self:
        """Map the segments at ``paths``; raises ``WrongState`` for a file that cannot be used."""
        opened = [load(path, names.lexicon()) for path in paths]
        return cls([segment for segment, _ in opened], [container for _, container in opened])

    @classmethod
    def in_memory(cls, people: Iterable[Sequence[str]]) -> Self:
        """An index of these names that never touches a disk; the first is number 0."""
        collector = Collector()
        for skeletons in people:
            collector.add(skeletons)
        return cls([numbered(collector, range(len(collector)), names.lexicon())])

    def __len__(self) -> int:
        return sum(len(segment) for segment in self._segments)

    def verify(self) -> None:
        """Read every byte of every segment; raises ``WrongState`` if any has changed since it was written."""
        for container in self._containers:
            container.verify()

    def search(self, skeletons: Sequence[str], limit: int = 20) -> tuple[Ids, Scores]:
        """The names that answer best, best first, and the share of the query that each answers, 0 to 1."""
        ids, scores = self._search([skeletons], limit)
        found = ids[0] != NOBODY
        return ids[0][found], scores[0][found]

    def search_many(
        self,
        queries: Sequence[Sequence[str]],
        limit: int = 20,
        *,
        threads: int = 2,
        progress: Callable[[int], None] | None = None,
    ) -> tuple[Ids, Scores]:
        """The same for many: a row of ``limit`` for each query, -1 after the last name found.

        ``progress`` is told how many queries are answered.
        """
        parts = [queries[first : first + TOGETHER] for first in range(0, len(queries), TOGETHER)]
        answers = [(np.empty((0, limit), np.int64), np.empty((0, limit), np.float32))]
        with ThreadPoolExecutor(threads) as pool:
            for answer in pool.map(lambda part: self._search(part, limit), parts):
                answers.append(answer)
                if progress is not None:
                    progress(sum(len(ids) for ids, _ in answers))
        return np.concatenate([ids for ids, _ in answers]), np.concatenate([scores for _, scores in answers])

    def _search(self, queries: Sequence[Sequence[str]], limit: int) -> tuple[Ids, Scores]:
        found = self._searcher().search(queries, limit)
        ids = np.full(found.name.shape, NOBODY, dtype=np.int64)
        for number, segment in enumerate(self._segments):
            its = (found.index == number) & (found.name != NOBODY)
            ids[its] = segment.ids(found.name[its])
        return ids, found.score.astype(np.float32)

    def _searcher(self) -> Searcher:
        """This thread's own; the room that it needs must not be shared."""
        if not hasattr(self._own, "searcher"):
            self._own.searcher = Searcher([segment.arrays for segment in self._segments], self._lexicon)
        searcher: Searcher = self._own.searcher
        return searcher
