# SPDX-License-Identifier: AGPL-3.0-or-later
"""Searching people on the opened lists: the index proposes, the model judges, the best are explained.

The prior falls with the length of a list: the longer it is, the likelier a name alone is a namesake's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchword.core import names
from watchword.core.screening import compare
from watchword.core.screening.compare import Judgement
from watchword.core.screening.encoding import EncodedPeople, Encoder
from watchword.core.screening.record import Person
from watchword.watchlists.candidates import candidates
from watchword.watchlists.crowd import likely_people, wanted_bits
from watchword.watchlists.opened import Opened
from watchword.watchlists.pairs import Pairs, Rows
from watchword.watchlists.progress import Progress, Report, silent
from watchword.watchlists.sifting import ListedDates, most_bits

SHORTEST = 10_000
"""A list shorter than that is no better a reason to expect somebody on it."""
TOGETHER, CROWD_TOGETHER = 1000, 1_000_000
"""People who are judged in one go; many more against a short list, when only their words are remembered."""
CROWD = 5
"""So many times more people than listed names are first looked through for those who can be likely at all."""
REMEMBERED = 50_000
"""People after whom a run forgets the words that it has met, because memory ends."""
WORTH_KEEPING = 20
"""A list is encoded whole for a run of a good part as many people: they will meet most of it."""
MOST_KEPT = 200_000

Bits = NDArray[np.float32]


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
        """The probability, before comparing, that a record proposed by a search among so many is right."""
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
        listed = sum(len(one.index) for one in self.lists)
        together = CROWD_TOGETHER if len(people) > CROWD * listed else TOGETHER
        hits: list[list[Hit]] = []
        run = _Run(self, len(people))
        for first in range(0, len(people), together):
            if first % REMEMBERED == 0:
                run = _Run(self, len(people))
            hits += run.search(people[first : first + together], limit, at_least)
            progress(Report("search", len(hits), len(people), len(hits)))
        return hits


class _Run:
    """What is remembered from one piece of a run to the next."""

    def __init__(self, screen: Screen, people: int) -> None:
        self._screen, self._people = screen, people
        self._memo = names.Memo()
        self._encoder = Encoder(names.lexicon(), self._memo)
        self._whole: dict[str, EncodedPeople] = {}
        self._dates: dict[str, ListedDates] = {}

    def search(self, people: Sequence[Person], limit: int, at_least: float) -> list[list[Hit]]:
        best: dict[int, list[tuple[float, _Found, int]]] = {}
        for one in self._screen.lists:
            found = self._judged(one, people, self._pairs(one, people, at_least), at_least)
            for at, who in enumerate(found.searched.tolist()):
                ranked = compare.probability(float(found.bits[at]), found.prior), found, at
                best.setdefault(who, []).append(ranked)
        hits: list[list[Hit]] = [[] for _ in people]
        for who, some in best.items():
            hits[who] = [_hit(people[who], found, at) for _, found, at in sorted(some, key=_rank)[:limit]]
        return hits

    def _pairs(self, one: Opened, people: Sequence[Person], at_least: float) -> Pairs:
        """Whom to compare with whom on one list."""
        weights = compare.parameters().weights
        needed = self._needed(one, at_least)
        if len(people) <= CROWD * len(one.index) or wanted_bits(needed, weights) == -math.inf:
            return candidates(one, people, self._memo)
        likely = likely_people(people, self._all_of(one), self._encoder, needed, weights)
        asked = np.union1d(likely, one.sharing_a_number(people))
        who, row = candidates(one, [people[number] for number in asked.tolist()], self._memo)
        return asked[who], row

    def _needed(self, one: Opened, at_least: float) -> float:
        """The bits that a pair needs to be likely enough."""
        prior = self._screen.prior(one.version.people)
        return compare.log_odds(at_least) - compare.log_odds(prior) if at_least > 0 else -math.inf

    def _judged(self, one: Opened, people: Sequence[Person], pairs: Pairs, at_least: float) -> _Found:
        """The pairs on one list that are likely enough."""
        who, row = pairs
        # Most people of a long run resemble nobody; only those who do are encoded.
        some, left = np.unique(who, return_inverse=True)
        searched = self._encoder.people([people[number] for number in some.tolist()])
        weights, needed = compare.parameters().weights, self._needed(one, at_least)
        wanted = wanted_bits(needed, weights)
        if wanted > -math.inf:
            kept = most_bits(searched, left, self._dates_on(one), row, weights) >= wanted
            who, row, left = who[kept], row[kept], left[kept]
        listed, right = self._listed(one, row)
        bits = compare.judge(searched, left.astype(np.int32), listed, right.astype(np.int32))
        passing = bits >= needed
        return _Found(one, self._screen.prior(one.version.people), who[passing], row[passing], bits[passing])

    def _dates_on(self, one: Opened) -> ListedDates:
        """The dates of a list, each remembered."""
        if one.id not in self._dates:
            self._dates[one.id] = ListedDates(one.records)
        return self._dates[one.id]

    def _listed(self, one: Opened, row: Rows) -> tuple[EncodedPeople, Rows]:
        """The records of these rows, encoded, and where each row is among them."""
        if len(one.searched) > min(WORTH_KEEPING * self._people, MOST_KEPT):
            distinct, which = np.unique(row, return_inverse=True)
            return self._encoded(one, distinct), which
        return self._all_of(one), np.searchsorted(one.searched, row).astype(np.int64)

    def _all_of(self, one: Opened) -> EncodedPeople:
        """Everybody on a list, encoded once."""
        if one.id not in self._whole:
            self._whole[one.id] = self._encoded(one, one.searched)
        return self._whole[one.id]

    def _encoded(self, one: Opened, rows: Rows) -> EncodedPeople:
        return self._encoder.people([one.records.person(row) for row in rows.tolist()])


def _rank(found: tuple[float, _Found, int]) -> tuple[float, str, int]:
    probability, pairs, at = found
    return -probability, pairs.on.id, int(pairs.row[at])


def _hit(person: Person, found: _Found, at: int) -> Hit:
    row = int(found.row[at])
    listed = found.on.records.person(row)
    judgement = compare.explain(person, listed, prior=found.prior)
    return Hit(found.on.id, found.on.version.number, listed, judgement, found.on.records.digest(row))
