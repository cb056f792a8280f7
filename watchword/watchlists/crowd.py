# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many people against a short list: laid out for ``core.screening.crowd``, which finds the likely pairs.

What is added to a list in a day is some thousands of people, and all cases must be looked at again.
"""

import math
from array import array
from collections.abc import Sequence

import numpy as np

from watchword.core.names.roles import INITIALS
from watchword.core.screening.arrays import Int32, Ragged
from watchword.core.screening.compare.births import (
    ONE_DIGIT,
    OTHER_DAY,
    OTHER_YEAR,
    OTHER_YEAR_SAME_DAY,
    SLIP,
)
from watchword.core.screening.compare.levels import INITIAL, INITIAL_BIT
from watchword.core.screening.compare.weights import COUNTRY, GENDER, PLACE, Weights
from watchword.core.screening.crowd import YEAR, Crowd, Listed, Room, Task, Wanted, look_through
from watchword.core.screening.encoding import EncodedPeople, Encoder, running
from watchword.core.screening.record import Person
from watchword.watchlists.meeting import ROLES, Numbers, meeting
from watchword.watchlists.pairs import Rows

A_LITTLE = 1e-3  # bits; the bound is summed in another order than the judgement
OTHER_DATES = [ONE_DIGIT, SLIP, OTHER_DAY, OTHER_YEAR_SAME_DAY, OTHER_YEAR]  # levels that no year leads to


def wanted_bits(needed: float, weights: Weights) -> float:
    """What names, dates and the rest must be worth: the odds of an unrelated alias come on top. Or -inf."""
    doubt = float(weights.doubt.max())
    return math.log2(2.0**needed - 2.0**doubt) - A_LITTLE if needed > doubt else -math.inf


def likely_people(
    people: Sequence[Person], listed: EncodedPeople, encoder: Encoder, wanted: float, weights: Weights
) -> Rows:
    """Which of the people may be one of the listed, as far as names, dates, places and countries say."""
    initial = max(0.0, float((weights.word[:, INITIAL] + weights.rarity[INITIAL] * weights.rarest).max()))
    rows, units = listed_rows(listed, initial)
    crowd, numbers = crowd_rows(people, encoder, initial, weights)
    other_date = float(weights.birth[OTHER_DATES].max())
    task = Task(
        crowd,
        rows,
        meeting(list(numbers), rows.unit, units, encoder, weights),
        weights,
        Wanted(wanted, other_date, float(rows.free.max(initial=0.0))),
        Room(np.zeros(len(units)), np.full(len(listed), -1, dtype=np.int32)),
    )
    likely = np.zeros(len(people), dtype=np.bool_)
    look_through(task, likely)
    return np.flatnonzero(likely)


def crowd_rows(
    people: Sequence[Person], encoder: Encoder, initial: float, weights: Weights
) -> tuple[Crowd, Numbers]:
    """The people as numbers of words; every word is numbered once."""
    numbers: Numbers = {}
    words, ends, births = array("i"), array("i", [0]), array("i")
    skeletons, number_of = encoder.memo.skeletons, numbers.setdefault
    for person in people:
        for name in person.names:
            words.extend([number_of(skeleton, len(numbers)) for skeleton in skeletons(name.text)])
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
    crowd = Crowd(Ragged(start, word), running([len(person.births) for person in people]), dates, beside)
    return crowd, numbers


def listed_rows(listed: EncodedPeople, initial: float) -> tuple[Listed, Int32]:
    """The listed people as units, and the token and the role of each unit as one number."""
    people, name = listed.people, listed.people.names
    units, unit = np.unique(name.token.astype(np.int32) * ROLES + name.role, return_inverse=True)
    unit, owner_of_word = unit.astype(np.int32), np.repeat(np.arange(len(name.gender)), np.diff(name.start))
    posting = Ragged(
        running(np.bincount(unit, minlength=len(units)).tolist()),
        owner_of_word[np.argsort(unit, kind="stable")].astype(np.int32),
    )
    free = np.bincount(
        owner_of_word, weights=(name.role & INITIAL_BIT) > 0, minlength=len(name.gender)
    ).astype(np.float64)
    loose = (people.birth[:, 2] == 0) | (people.birth[:, 3] > 0)
    year, *rest = people.birth[:, :3].T
    when = year * YEAR + np.where(loose, 0, np.minimum(*rest) * 100 + np.maximum(*rest))
    order = np.lexsort((when, loose))
    dates = np.diff(people.birth_start)
    rows = Listed(
        Ragged(name.start, unit),
        posting,
        people.name,
        np.repeat(np.arange(len(listed)), np.diff(people.name)).astype(np.int32),
        free * initial,
        people.birth_start,
        people.birth,
        when[order].astype(np.int32),
        np.repeat(np.arange(len(listed)), dates)[order].astype(np.int32),
        int((~loose).sum()),
        bool((dates == 0).any()),
    )
    return rows, units
