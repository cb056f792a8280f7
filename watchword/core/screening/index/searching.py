# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking several indexes at once, as if they were one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from watchword.core.screening.index.asking import Asked, ask
from watchword.core.screening.index.keys import Lexicon
from watchword.core.screening.index.layout import Arrays, Float64, Int32
from watchword.core.screening.index.near import Rows, Sought, find_all, rows_room
from watchword.core.screening.index.near import room as near_room
from watchword.core.screening.index.plan import (
    MOST_QUERY_WORDS,
    Answer,
    Plan,
    Search,
    fitted,
    work_room,
)
from watchword.core.screening.index.rewriting import counted, readings
from watchword.core.screening.index.traversal import search_all
from watchword.core.screening.index.weighing import weigh

SURE = 0.9  # of the query's weight: what answers less of it may have been glued or torn
SUPPOSED = 1 << 20  # people beside those listed, who bear names as the dictionary says: for short lists
FIRST_ROOM = 4096


@dataclass(frozen=True)
class Found:
    """A row for each query: its best names, best first, -1 after the last.

    ``index`` tells which of the indexes the name is from; ``score`` is the share of the query's weight that
    the name answers, 0 to 1.
    """

    index: Int32
    name: Int32
    score: Float64

    def add(self, rows: Sequence[int], other: "Found") -> None:
        """Put in what other readings found: row ``i`` of ``other`` belongs to the query ``rows[i]``."""
        for row in dict.fromkeys(rows):
            sources = [(self, row), *((other, at) for at, owner in enumerate(rows) if owner == row)]
            together: dict[tuple[int, int], float] = {}
            for found, at in sources:
                for index, name, score in zip(
                    found.index[at].tolist(), found.name[at].tolist(), found.score[at].tolist(), strict=True
                ):
                    together[index, name] = max(together.get((index, name), -1.0), score)
            ranked = sorted(together.items(), key=lambda item: (item[0][1] < 0, -item[1], item[0]))
            for place, ((index, name), score) in enumerate(ranked[: self.name.shape[1]]):
                self.index[row, place], self.name[row, place], self.score[row, place] = index, name, score


class Searcher:
    """A way into several indexes, for one thread: its room is kept from one question to the next."""

    def __init__(self, indexes: Sequence[Arrays], lexicon: Lexicon) -> None:
        self.indexes = tuple(indexes)
        self.lexicon = lexicon
        self.names = sum(len(index.name_start) - 1 for index in indexes)
        self._near = [near_room(len(index.word_start) - 1, FIRST_ROOM) for index in indexes]
        self._work = [work_room(len(index.word_start) - 1) for index in indexes]

    def search(self, queries: Sequence[Sequence[str]], limit: int) -> Found:
        """The best ``limit`` names for each query, a query being the skeletons of one name's words."""
        asked = [[word for word in query if word][:MOST_QUERY_WORDS] for query in queries]
        found, likely = self._search(asked, limit)
        doubtful = np.flatnonzero(found.score[:, 0] < SURE).tolist() if limit else []
        if doubtful:
            self._search_again(asked, doubtful, likely, found)
        return found

    def _search_again(
        self, asked: Sequence[Sequence[str]], doubtful: Sequence[int], likely: dict[str, float], found: Found
    ) -> None:
        """Put in what other readings of the ``doubtful`` queries find."""
        names = counted(self.indexes, [asked[row] for row in doubtful], likely)
        again = [(row, reading) for row in doubtful for reading in readings(asked[row], likely, names)]
        if again:
            other, _ = self._search([reading for _, reading in again], found.name.shape[1], join=False)
            found.add([row for row, _ in again], other)

    def _search(
        self, queries: Sequence[Sequence[str]], limit: int, *, join: bool = True
    ) -> tuple[Found, dict[str, float]]:
        """The answers to the queries as they stand, and how many names each of their words may mean."""
        asked = ask(queries, self.lexicon, join=join)
        plans, likely = self.plans(asked)
        answers = [self.answer(number, plan, limit) for number, plan in enumerate(plans)]
        return best(answers, limit), dict(zip(asked.text, likely.tolist(), strict=True))

    def plans(self, asked: Asked) -> tuple[list[Plan], Float64]:
        """What every index has for the words asked, until the next question; how many names each may mean."""
        likely = asked.share * SUPPOSED
        rows = [self._find(number, asked.sought, likely) for number in range(len(self.indexes))]
        rare = np.empty(len(likely), dtype=np.int32)
        weigh(likely, self.names + SUPPOSED, rare, asked.word)
        plans = [
            Plan(
                *(asked.word_start, asked.word, asked.unit_start, asked.unit, rare),
                *(its.found, near.found, its.part, near.part),
            )
            for its, near in zip(rows, self._near, strict=True)
        ]
        return plans, likely

    def answer(self, number: int, plan: Plan, limit: int) -> Answer:
        """The best names of one index."""
        queries, entries = len(plan.word_start) - 1, FIRST_ROOM
        answer = Answer(
            np.zeros(queries, dtype=np.int32),
            np.full((queries, limit), -1, dtype=np.int32),
            np.zeros((queries, limit), dtype=np.int32),
        )
        while True:
            self._work[number] = work = fitted(self._work[number], entries, limit)
            entries = search_all(Search(self.indexes[number], plan, work), answer)
            if entries <= len(work.entry):
                return answer

    def _find(self, number: int, sought: Sought, likely: Float64) -> Rows:
        """Look all words up in one index, adding to ``likely``; the room grows until everything fits."""
        rows = rows_room(len(likely))
        while True:
            near = self._near[number]
            find_all(self.indexes[number], sought, near, rows)
            needed = max(near.counts.tolist())
            if needed <= len(near.found):
                likely += rows.likely
                return rows
            self._near[number] = near_room(len(near.seen), 2 * needed)
            rows.likely[:] = 0


def best(answers: Sequence[Answer], limit: int) -> Found:
    """The best of all indexes together; of equal ones the first index's first."""
    whole = np.maximum(answers[0].whole, 1)[:, None]
    if len(answers) == 1:
        return Found(np.zeros_like(answers[0].name), answers[0].name, answers[0].score / whole)
    name = np.concatenate([answer.name for answer in answers], axis=1)
    score = np.concatenate([answer.score for answer in answers], axis=1)
    order = np.argsort(-score, axis=1, kind="stable")[:, :limit]
    rows = np.arange(len(score))[:, None]
    return Found((order // limit).astype(np.int32), name[rows, order], score[rows, order] / whole)
