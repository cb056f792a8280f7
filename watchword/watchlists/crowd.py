# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many people against a short list: laid out for ``core.screening.crowd``, which finds the likely pairs.

What is added to a list in a day is some thousands of people, and all cases must be looked at again.
"""

import math
from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

import numpy as np

from watchword.core.names.roles import INITIALS
from watchword.core.screening import compare
from watchword.core.screening.arrays import Int32, People, Ragged
from watchword.core.screening.compare.births import (
    DAY_SLIP,
    NEAR_YEAR,
    OTHER_DAY,
    OTHER_YEAR,
    OTHER_YEAR_SAME_DAY,
    SAME_DAY,
    SAME_MONTH,
    SAME_YEAR,
    SWAPPED,
    YEAR_SLIP,
)
from watchword.core.screening.compare.levels import INITIAL, INITIAL_BIT
from watchword.core.screening.compare.weights import COUNTRY, GENDER, PLACE, Weights
from watchword.core.screening.crowd.dates import Dates
from watchword.core.screening.crowd.layout import (
    DAY_FIRST,
    LOOSE,
    YEAR,
    Calendar,
    Crowd,
    Listed,
    Named,
    Noted,
    Scan,
    Task,
    Wanted,
)
from watchword.core.screening.crowd.looking import look_through
from watchword.core.screening.encoding import EncodedPeople, Encoder, running
from watchword.core.screening.record import Person
from watchword.watchlists.meeting import ROLES, Numbers, meeting
from watchword.watchlists.pairs import Rows

A_LITTLE = 1e-3  # bits; the bound is summed in another order than the judgement
ROOM = 1 << 20  # pairs that are judged in one go, at least


def wanted_bits(needed: float, weights: Weights) -> float:
    """What names, dates and the rest must be worth: the odds of an unrelated alias come on top. Or -inf."""
    doubt = float(weights.doubt.max())
    return math.log2(2.0**needed - 2.0**doubt) - A_LITTLE if needed > doubt else -math.inf


def likely_people(
    people: Sequence[Person], listed: EncodedPeople, encoder: Encoder, needed: float, weights: Weights
) -> Rows:
    """Which of the people are somebody listed with at least the bits needed."""
    initial = max(0.0, float((weights.word[:, INITIAL] + weights.rarity[INITIAL] * weights.rarest).max()))
    named, units = named_units(listed.people, initial)
    crowd, numbers = crowd_rows(people, encoder, initial, weights)
    task = Task(
        crowd,
        listed_rows(listed.people, named, len(units)),
        meeting(list(numbers), named, units, encoder, weights),
        wanted(wanted_bits(needed, weights), weights, float(named.free.max(initial=0.0))),
        weights.birth,
        Scan(
            named,
            np.zeros(len(units)),
            np.empty(len(named.unit) + 6 * len(listed.people.birth), dtype=np.int32),
            np.zeros(1, dtype=np.int32),
        ),
        Noted(
            np.empty((ROOM + len(listed), 2), dtype=np.int32),
            np.zeros(1, dtype=np.int32),
            np.full(len(listed), -1, dtype=np.int32),
        ),
    )
    likely, reached = [np.zeros(0, dtype=np.int64)], 0
    while reached < len(people):
        reached = look_through(task, reached)
        who, row = task.noted.pair[: task.noted.size[0]].T
        some, left = np.unique(who, return_inverse=True)
        searched = encoder.people([people[number] for number in some.tolist()])
        bits = compare.judge(searched, left.astype(np.int32), listed, np.ascontiguousarray(row))
        likely.append(np.unique(who[bits >= needed]).astype(np.int64))
    return np.unique(np.concatenate(likely))


def wanted(bits: float, weights: Weights, free: float) -> Wanted:
    """The bits to reach, beside the most that dates found in each way can be worth."""

    def most(*levels: int) -> float:
        return float(weights.birth[list(levels)].max())

    return Wanted(
        bits,
        day=most(SAME_DAY, SWAPPED),
        year=most(DAY_SLIP),
        anniversary=most(YEAR_SLIP, OTHER_YEAR_SAME_DAY),
        loose=most(SAME_MONTH, SAME_YEAR, NEAR_YEAR),
        other=most(OTHER_DAY, OTHER_YEAR),
        free=free,
    )


def crowd_rows(
    people: Sequence[Person], encoder: Encoder, initial: float, weights: Weights
) -> tuple[Crowd, Numbers]:
    """The people as numbers of words; every word is numbered once."""
    numbers: Numbers = defaultdict(count().__next__)
    words, ends, births = array("i"), array("i", [0]), array("i")
    skeletons, number_of = encoder.memo.skeletons, numbers.__getitem__
    for person in people:
        for name in person.names:
            words.extend(map(number_of, skeletons(name.text)))
        ends.append(len(words))
        for day in person.births:
            births.extend((day.year, day.month or 0, day.day or 0, day.circa))
    word, start = np.frombuffer(words, np.int32) if words else np.zeros(0, np.int32), np.array(ends, np.int32)
    small = np.array([len(text) == 1 or text in INITIALS for text in numbers], dtype=np.float64)
    owners = np.repeat(np.arange(len(people)), np.diff(start))
    agreeing = np.maximum(weights.field[:, 0], 0.0)
    beside = np.bincount(owners, weights=small[word], minlength=len(people)) * initial + agreeing[GENDER]
    beside += agreeing[PLACE] * np.array([bool(person.places) for person in people])
    beside += agreeing[COUNTRY] * np.array([bool(person.countries) for person in people])
    dates = np.array(births, dtype=np.int32).reshape(-1, 4)
    born = running([len(person.births) for person in people])
    crowd = Crowd(Ragged(start, word), Dates(born, dates), beside)
    return crowd, numbers


def named_units(people: People, initial: float) -> tuple[Named, Int32]:
    """The names of the listed as units, and the token and the role of each unit as one number."""
    name = people.names
    units, unit = np.unique(name.token.astype(np.int32) * ROLES + name.role, return_inverse=True)
    name_of_word = np.repeat(np.arange(len(name.gender)), np.diff(name.start))
    free = np.bincount(name_of_word, weights=(name.role & INITIAL_BIT) > 0, minlength=len(name.gender))
    return Named(people.name, name.start, unit.astype(np.int32), free.astype(np.float64) * initial), units


def listed_rows(people: People, named: Named, units: int) -> Listed:
    """The listed people by their units and by their dates."""
    bearer = np.repeat(np.arange(len(people.gender)), np.diff(named.start[people.name]))
    born = np.repeat(np.arange(len(people.gender)), np.diff(people.birth_start))
    dated = np.isin(bearer, born)
    return Listed(
        posting(named.unit[dated], bearer[dated], units),
        posting(named.unit[~dated], bearer[~dated], units),
        Dates(people.birth_start, people.birth),
        calendar(people.birth, born),
    )


def posting(unit: Int32, bearer: Rows, units: int) -> Ragged:
    """For every unit who bears it."""
    order = np.argsort(unit, kind="stable")
    return Ragged(running(np.bincount(unit, minlength=units).tolist()), bearer[order].astype(np.int32))


def calendar(birth: Int32, owner: Rows) -> Calendar:
    """All dates by their keys."""
    full = (birth[:, 2] > 0) & (birth[:, 3] == 0)
    year, month, day = birth[:, :3].T
    keys = (month * 100 + day, year * YEAR + month * 100 + day, DAY_FIRST + year * YEAR + day * 100 + month)
    key = np.concatenate([*(some[full] for some in keys), (LOOSE + year * YEAR)[~full]])
    owners = np.concatenate((owner[full], owner[full], owner[full], owner[~full]))
    order = np.argsort(key, kind="stable")
    return Calendar(key[order].astype(np.int32), owners[order].astype(np.int32))
