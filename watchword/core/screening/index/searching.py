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
    ASKED_WORD,
    INITIAL_GAIN,
    MOST_WEIGHT,
    QUARTERS,
    UNKNOWN_WEIGHT,
    Answer,
    Plan,
    Search,
    fitted,
    work_room,
)
from watchword.core.screening.index.traversal import search_all

FLOOR = 0.45  # of the query's weight: what answers less of it is nobody
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
        plans = self.plans(ask(queries, self.lexicon))
        answers = [self.answer(number, plan, limit) for number, plan in enumerate(plans)]
        return best(answers, whole_weights(plans[0]), limit)

    def plans(self, asked: Asked) -> list[Plan]:
        """What every index has for the words asked; valid until the next question."""
        likely = asked.share * SUPPOSED
        rows = [self._find(number, asked.sought, likely) for number in range(len(self.indexes))]
        words = np.zeros(len(asked.word), ASKED_WORD)
        words["weight"] = weights(asked, likely, self.names + SUPPOSED)
        words["letter"] = asked.letter
        return [
            Plan(
                *(asked.word_start, words, asked.unit_start, asked.unit),
                *(its.found, near.found, its.part, near.part),
            )
            for its, near in zip(rows, self._near, strict=True)
        ]

    def answer(self, number: int, plan: Plan, limit: int) -> Answer:
        """The best names of one index."""
        self._work[number] = work = fitted(self._work[number], most_entries(plan), limit)
        floor = (whole_weights(plan) * FLOOR).astype(np.int32)
        answer = answer_room(floor, limit)
        search_all(Search(self.indexes[number], plan, work), answer)
        return answer

    def _find(self, number: int, sought: Sought, likely: Float64) -> Rows:
        """Look all words up in one index, adding to ``likely``; the room grows until everything fits."""
        rows = rows_room(len(likely))
        while True:
            near = self._near[number]
            find_all(self.indexes[number], sought, near, rows)
            needed = int(near.counts.max())
            if needed <= len(near.found):
                likely += rows.likely
                return rows
            self._near[number] = near_room(len(near.seen), 2 * needed)
            rows.likely[:] = 0


def answer_room(floor: Int32, limit: int) -> Answer:
    """Room for the answers to as many queries as there are floors."""
    names = np.full((len(floor), limit), -1, dtype=np.int32)
    return Answer(floor, names, np.zeros((len(floor), limit), dtype=np.int32))


def best(answers: Sequence[Answer], whole: Int32, limit: int) -> Found:
    """The best of all indexes together; of equal ones the first index's first."""
    name = np.concatenate([answer.name for answer in answers], axis=1)
    score = np.concatenate([answer.score for answer in answers], axis=1)
    order = np.argsort(-score, axis=1, kind="stable")[:, :limit]
    rows = np.arange(len(whole))[:, None]
    share = score[rows, order] / np.maximum(whole, 1)[:, None]
    return Found((order // limit).astype(np.int32), name[rows, order], share)


def whole_weights(plan: Plan) -> Int32:
    """The weight of each whole query."""
    before = np.append(0, np.cumsum(plan.word["weight"]))
    return np.diff(before[plan.word_start]).astype(np.int32)


def weights(asked: Asked, likely: Float64, people: int) -> Int32:
    """What each word of each query is worth, in quarter bits: how surprising it is among so many people."""
    rare = np.full(len(likely), UNKNOWN_WEIGHT, dtype=np.int32)
    known = likely > 0
    surprise = np.rint(QUARTERS * np.log2(people / np.minimum(likely[known], people)))
    rare[known] = np.clip(surprise, QUARTERS, MOST_WEIGHT)
    weight = rare[asked.word]
    weight[asked.letter > 0] = INITIAL_GAIN
    return weight


def most_entries(plan: Plan) -> int:
    """How many findings the query with the most of them has."""
    of_word = np.diff(plan.found_start) + np.diff(plan.part_start)
    before = np.append(0, np.cumsum(of_word[plan.unit["word"]]))
    return int(np.diff(before[plan.unit_start]).max(initial=0))
