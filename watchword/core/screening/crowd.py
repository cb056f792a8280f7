# SPDX-License-Identifier: AGPL-3.0-or-later
"""A crowd against a short list: who of the crowd can be somebody listed at all, in kernels.

Hardly anybody of a million resembles one of ten thousand listed, so nobody is asked for one by one. Every
distinct word of the crowd is looked up once among the listed words; what it is worth at best with each of
them is added up, and who stays too low with everybody even so is not searched. The sum is no less than what
judging gives. Words that the index does not hold for each other are worth nothing here, as in a search.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watchword.core.screening.arrays import Float64, Int8, Int32, Ragged, Tokens
from watchword.core.screening.compare.births import birth_level
from watchword.core.screening.compare.levels import ANY, CROSS, GIVEN, PATRONYMIC, SURNAME, word_level
from watchword.core.screening.compare.weights import Weights
from watchword.core.screening.compiled import compiled

A_LITTLE = 1e-6  # bits; sums differ by less with the order of their parts
YEAR = 10_000  # between the numbers of two years
YEARS_OFF = 2  # that two dates may be apart and still agree, if one of them is no full date


class Crowd(NamedTuple):
    """Many people: the numbers of their words, their dates, and what else can speak for them at most."""

    word: Ragged
    birth_start: Int32
    birth: Int32
    beside: Float64


class Listed(NamedTuple):
    """Few people. A *unit* is a word in a role; ``unit`` has those of each name, ``posting`` their names.

    ``name_start`` is where the names of a person begin, ``owner`` whose a name is, ``free`` what its initials
    may add. ``when`` has a sorted number for each date, with whose it is: first the full dates, from ``full``
    on the others.
    """

    unit: Ragged
    posting: Ragged
    name_start: Int32
    owner: Int32
    free: Float64
    birth_start: Int32
    birth: Int32
    when: Int32
    born: Int32
    full: int
    some_undated: bool


class Meeting(NamedTuple):
    """The units that each word of the crowd may stand for, what that is worth, and the most of it."""

    unit: Ragged
    gain: Float64
    most: Float64


class Wanted(NamedTuple):
    """The bits to reach, the most that a date adds which is found by no year, and the most of ``free``."""

    bits: float
    other_date: float
    free: float


class Room(NamedTuple):
    """What a unit gives the person at hand, and whom each listed one was last compared with."""

    gain: Float64
    met: Int32


class Task(NamedTuple):
    """Everything that the kernels pass along."""

    crowd: Crowd
    listed: Listed
    meeting: Meeting
    weights: Weights
    wanted: Wanted
    room: Room


@compiled
def part_bits(tokens: Tokens, weights: Weights, left: int, right: int, part: int) -> float:
    """What two words are worth, compared as ``part``."""
    column, level = min(part, ANY), word_level(tokens, left, right, part)
    rarity = min(tokens.rarity[left, column], tokens.rarity[right, column], weights.rarest)
    return float(weights.word[part, level] + weights.rarity[level] * rarity)


@compiled
def most_bits(tokens: Tokens, weights: Weights, left: int, right: int, role: int) -> float:
    """The most that a word in any role can be worth with one in this role."""
    most, roles = part_bits(tokens, weights, left, right, CROSS), 0
    for part in (GIVEN, PATRONYMIC, SURNAME):
        if role >> part & 1:
            roles += 1
            most = max(most, part_bits(tokens, weights, left, right, part))
    return max(most, part_bits(tokens, weights, left, right, ANY)) if roles > 1 else most


@compiled
def weigh_units(tokens: Tokens, weights: Weights, pairs: Int32, role: Int8, gain: Float64) -> None:
    """Fill ``gain`` for rows of ``pairs``: the token of a word, that of a unit, and the unit's role."""
    for at in range(len(pairs)):
        gain[at] = most_bits(tokens, weights, pairs[at, 0], pairs[at, 1], role[at])


@compiled
def birth_bits(task: Task, who: int, owner: int) -> float:
    """What the dates of two people are worth; nothing when one has none."""
    most, crowd, listed = -np.inf, task.crowd, task.listed
    for one in range(crowd.birth_start[who], crowd.birth_start[who + 1]):
        for other in range(listed.birth_start[owner], listed.birth_start[owner + 1]):
            most = max(most, task.weights.birth[birth_level(crowd.birth[one], listed.birth[other])])
    return most if most > -np.inf else 0.0


@compiled
def name_bits(listed: Listed, owner: int, room: Room) -> float:
    """The most that any name of a listed person is worth; nothing when no word meets."""
    most = 0.0
    for name in range(listed.name_start[owner], listed.name_start[owner + 1]):
        bits = 0.0
        for at in range(listed.unit.start[name], listed.unit.start[name + 1]):
            bits += room.gain[listed.unit.value[at]]
        if bits > 0.0:
            most = max(most, bits + listed.free[name])
    return most


@compiled
def can_reach(task: Task, who: int, owner: int) -> bool:
    """Whether a pair that was not looked at yet can reach what is wanted."""
    room = task.room
    if room.met[owner] == who:
        return False
    room.met[owner] = who
    bits = name_bits(task.listed, owner, room)
    if bits <= 0.0:
        return False
    return bool(bits + task.crowd.beside[who] + birth_bits(task, who, owner) >= task.wanted.bits)


@compiled
def lay_out(task: Task, who: int, on: bool) -> None:
    """Note what every unit gives this person; or wipe it again."""
    crowd, meeting, gain = task.crowd, task.meeting, task.room.gain
    for at in range(crowd.word.start[who], crowd.word.start[who + 1]):
        word = crowd.word.value[at]
        for place in range(meeting.unit.start[word], meeting.unit.start[word + 1]):
            unit = meeting.unit.value[place]
            gain[unit] = max(gain[unit], meeting.gain[place]) if on else 0.0


@compiled
def least_gain(task: Task, who: int, needed: float) -> float:
    """The gain that the best word of a pair must have for all words together to give what is needed.

    If no word gives more than g, all give no more than the sum of the lesser of g and their most.
    """
    crowd, most, gain = task.crowd, task.meeting.most, 0.0
    first, last = crowd.word.start[who], crowd.word.start[who + 1]
    for _ in range(last - first):
        rest, equal = needed, 0
        for at in range(first, last):
            if most[crowd.word.value[at]] < gain:
                rest -= most[crowd.word.value[at]]
            else:
                equal += 1
        if rest <= 0.0 or equal == 0:
            return gain if rest <= 0.0 else np.inf
        gain = rest / equal
    return gain


@compiled
def day_key(birth: Int32, year: int) -> int:
    """A number for a full date in ``year`` which a date with day and month swapped has, too."""
    return int(year * YEAR + min(birth[1], birth[2]) * 100 + max(birth[1], birth[2]))


@compiled
def born_between(task: Task, who: int, part: tuple[int, int], keys: tuple[int, int]) -> bool:
    """Whether anybody can whose key lies from the first to before the second, in this part of the dates."""
    when, born = task.listed.when, task.listed.born
    place = part[0] + np.searchsorted(when[part[0] : part[1]], keys[0])
    while place < part[1] and when[place] < keys[1]:
        if can_reach(task, who, born[place]):
            return True
        place += 1
    return False


@compiled
def by_date(task: Task, who: int) -> bool:
    """Whether anybody can whose date may agree: the same day, or years near it where one is no full date."""
    crowd, listed = task.crowd, task.listed
    for at in range(crowd.birth_start[who], crowd.birth_start[who + 1]):
        birth, year = crowd.birth[at], int(crowd.birth[at, 0])
        around = ((year - YEARS_OFF) * YEAR, (year + YEARS_OFF + 1) * YEAR)
        day = day_key(birth, year)
        full = birth[2] > 0 and birth[3] == 0
        if born_between(task, who, (0, listed.full), (day, day + 1) if full else around):
            return True
        if born_between(task, who, (listed.full, len(listed.when)), around):
            return True
    return False


@compiled
def by_word(task: Task, who: int, undated: float, dated: float) -> bool:
    """Whether anybody can who shares a word with at least this gain, without a date or with one."""
    crowd, listed, meeting = task.crowd, task.listed, task.meeting
    least = min(undated, dated) if listed.some_undated else dated
    for at in range(crowd.word.start[who], crowd.word.start[who + 1]):
        word = crowd.word.value[at]
        for place in range(meeting.unit.start[word], meeting.unit.start[word + 1]):
            if meeting.gain[place] < least:
                continue
            unit = meeting.unit.value[place]
            for entry in range(listed.posting.start[unit], listed.posting.start[unit + 1]):
                owner = listed.owner[listed.posting.value[entry]]
                has_date = listed.birth_start[owner] < listed.birth_start[owner + 1]
                enough = meeting.gain[place] >= (dated if has_date else undated)
                if enough and can_reach(task, who, owner):
                    return True
    return False


@compiled
def look_through(task: Task, likely: NDArray[np.bool_]) -> None:
    """Say of each of the crowd whether anybody listed can be the same.

    Dates that agree are found by their number. Of all others only they are looked at who share a word
    without which too little is left: a common given name does not make two people one.
    """
    crowd, wanted = task.crowd, task.wanted
    for who in range(len(likely)):
        lay_out(task, who, True)
        needed = wanted.bits - crowd.beside[who] - wanted.free - A_LITTLE
        born = crowd.birth_start[who] < crowd.birth_start[who + 1]
        undated = least_gain(task, who, needed)
        dated = least_gain(task, who, needed - wanted.other_date) if born else undated
        likely[who] = by_date(task, who) or by_word(task, who, undated, dated)
        lay_out(task, who, False)
