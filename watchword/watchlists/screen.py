# SPDX-License-Identifier: AGPL-3.0-or-later
"""Searching people on the opened lists: the index proposes, the model judges, the best are explained.

The prior falls with the length of a list: the longer it is, the likelier a name alone is a namesake's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchword.core import names
from watchword.core.screening import compare
from watchword.core.screening.compare import Judgement
from watchword.core.screening.encoding import EncodedPeople, Encoder
from watchword.core.screening.record import Person
from watchword.watchlists.indexing import Memo, Skeletons
from watchword.watchlists.opened import Opened
from watchword.watchlists.progress import Progress, Report, silent

CANDIDATES = 40
"""Names of a list that the index proposes for each name of a person searched."""
SHORTEST = 10_000
"""A list shorter than that is no better a reason to expect somebody on it."""
TOGETHER = 1000
"""People who are judged in one go: enough for the kernels, few enough for memory."""
REMEMBERED = 50 * TOGETHER
"""People after whom a run forgets the words that it has met, because memory ends."""

Rows = NDArray[np.int64]
Bits = NDArray[np.float32]
Pairs = tuple[Rows, Rows]

NOBODY: Rows = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed person who may be the one searched; ``digest`` changes when the record does."""

    list_id: str
    version: int
    person: Person
    judgement: Judgement
    digest: str


@dataclass(frozen=True)
class _Found:
    """Pairs on one list that pass: who was searched, which record, how many bits."""

    on: Opened
    prior: float
    searched: Rows
    row: Rows
    bits: Bits


class Screen:
    """Some lists, opened at one moment; a new version of one is seen by whoever opens them again."""

    def __init__(self, lists: Sequence[Opened], prior: float | None = None) -> None:
        self.lists = tuple(lists)
        self._prior = prior

    def __len__(self) -> int:
        """The people who are searched among."""
        return sum(one.version.people for one in self.lists)

    def prior(self, people: int) -> float:
        """The probability, before looking, that a given record of a list speaks of a given person."""
        return self._prior or compare.parameters().prior_among(max(people, SHORTEST))

    def verify(self) -> None:
        """Read every byte of every index; raises ``WrongState`` if one is damaged."""
        for one in self.lists:
            one.verify()

    def search(self, person: Person, *, limit: int = 20, at_least: float = 0.0) -> list[Hit]:
        """The likeliest listed people, best first, each once, none below the probability ``at_least``."""
        return self.search_many([person], limit=limit, at_least=at_least)[0]

    def search_many(
        self,
        people: Sequence[Person],
        *,
        limit: int = 20,
        at_least: float = 0.0,
        progress: Progress = silent,
    ) -> list[list[Hit]]:
        """The same for each of many, in their order."""
        hits: list[list[Hit]] = []
        encoder = Encoder(names.lexicon())
        for first in range(0, len(people), TOGETHER):
            if first % REMEMBERED == 0:
                encoder = Encoder(names.lexicon())
            hits += self._search(people[first : first + TOGETHER], encoder, limit, at_least)
            progress(Report("search", len(hits), len(people), len(hits)))
        return hits

    def _search(
        self, people: Sequence[Person], encoder: Encoder, limit: int, at_least: float
    ) -> list[list[Hit]]:
        searched, asked = encoder.people(people), _asked(people)
        found = []
        for one in self.lists:
            pairs = _distinct(_named(one, asked), _marked(one, people, asked))
            found.append(self._judged(one, encoder, searched, pairs, at_least))
        best: list[list[tuple[float, _Found, int]]] = [[] for _ in people]
        for some in found:
            for at, who in enumerate(some.searched.tolist()):
                best[who].append((compare.probability(float(some.bits[at]), some.prior), some, at))
        return [
            [_hit(person, some, at) for _, some, at in sorted(ranked, key=_rank)[:limit]]
            for person, ranked in zip(people, best, strict=True)
        ]

    def _judged(
        self,
        one: Opened,
        encoder: Encoder,
        searched: EncodedPeople,
        pairs: Pairs,
        at_least: float,
    ) -> _Found:
        """The pairs on one list that are likely enough."""
        who, row = pairs
        distinct, which = np.unique(row, return_inverse=True)
        listed = encoder.people([one.records.person(number) for number in distinct.tolist()])
        bits = compare.judge(searched, who.astype(np.int32), listed, which.astype(np.int32))
        prior = self.prior(one.version.people)
        needed = compare.log_odds(at_least) - compare.log_odds(prior) if at_least > 0 else -np.inf
        passing = bits >= needed
        return _Found(one, prior, who[passing], row[passing], bits[passing])


def _asked(people: Sequence[Person]) -> list[list[Skeletons]]:
    """The names of each person as skeletons, each spelling once."""
    memo = Memo()
    return [
        sorted({tuple(sorted(found)) for name in person.names if (found := memo.skeletons(name.text))})
        for person in people
    ]


def _named(one: Opened, asked: Sequence[Sequence[Skeletons]]) -> Pairs:
    """Whoever has a name like one of theirs."""
    owners = np.repeat(np.arange(len(asked)), [len(names_) for names_ in asked])
    numbers, _ = one.index.search_many([query for names_ in asked for query in names_], CANDIDATES)
    found = numbers >= 0
    who = np.broadcast_to(owners[:, np.newaxis], numbers.shape)[found]
    return who, one.rows_of(numbers[found])


def _marked(one: Opened, people: Sequence[Person], asked: Sequence[Sequence[Skeletons]]) -> Pairs:
    """Whoever has the same document, telephone or birthday, under another name or one that many bear."""
    rows = [one.marked_like(person, its) for person, its in zip(people, asked, strict=True)]
    who = np.repeat(np.arange(len(people)), [len(found) for found in rows])
    return who, np.concatenate([NOBODY, *rows])


def _distinct(*found: Pairs) -> Pairs:
    """Each pair of a person searched and a record once."""
    who, row = (np.concatenate(side) for side in zip(*found, strict=True))
    order = np.lexsort((row, who))
    who, row = who[order], row[order]
    fresh = np.ones(len(who), dtype=bool)
    fresh[1:] = (who[1:] != who[:-1]) | (row[1:] != row[:-1])
    return who[fresh], row[fresh]


def _rank(found: tuple[float, _Found, int]) -> tuple[float, str, int]:
    probability, pairs, at = found
    return -probability, pairs.on.id, int(pairs.row[at])


def _hit(person: Person, pairs: _Found, at: int) -> Hit:
    row = int(pairs.row[at])
    listed = pairs.on.records.person(row)
    judgement = compare.explain(person, listed, prior=pairs.prior)
    return Hit(pairs.on.id, pairs.on.version.number, listed, judgement, pairs.on.records.digest(row))


def people_on(one: Opened) -> Iterator[Person]:
    """Everybody whom an opened list searches among."""
    rows = range(len(one.records)) if one.rows is None else np.unique(one.rows).tolist()
    return (one.records.person(row) for row in rows)
