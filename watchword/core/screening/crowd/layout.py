# SPDX-License-Identifier: AGPL-3.0-or-later
"""A crowd and a short list as the kernels take them, with room for the pairs that they find."""

from typing import NamedTuple

from watchword.core.screening.arrays import Float64, Int32, Ragged
from watchword.core.screening.crowd.dates import Dates

# What separates the keys of two years, and the three kinds of keys that have a year.
YEAR, DAY_FIRST, LOOSE = 10_000, 100_000_000, 200_000_000


class Crowd(NamedTuple):
    """Many people: the numbers of their words, their dates, and what else can speak for them at most."""

    word: Ragged
    dates: Dates
    beside: Float64


class Calendar(NamedTuple):
    """Dates as sorted keys, with whose each is.

    A full date has three: month * 100 + day; the same + year * ``YEAR``; and ``DAY_FIRST`` + year * ``YEAR``
    + day * 100 + month. So dates of which one digit differs share a key but for its end. A loose date has
    one, ``LOOSE`` + year * ``YEAR``.
    """

    key: Int32
    owner: Int32


class Named(NamedTuple):
    """The names of people as rows of *units*, a unit being a word in a role.

    ``name`` is where the names of a person begin, ``start`` where the units of a name do; ``free`` is what
    its initials may add.
    """

    name: Int32
    start: Int32
    unit: Int32
    free: Float64


class Listed(NamedTuple):
    """Few people. ``dated`` and ``undated``: for every unit who bears it and has a date, or has none."""

    dated: Ragged
    undated: Ragged
    dates: Dates
    calendar: Calendar


class Meeting(NamedTuple):
    """The units that each word of the crowd may stand for, what that is worth, and the most of it."""

    unit: Ragged
    gain: Float64
    most: Float64


class Wanted(NamedTuple):
    """The bits to reach, and the most that dates can add which are found in one way.

    ``day``: the same day, or day and month swapped; ``year``: another day of the month, or the same day of
    another month; ``anniversary``: the same day of another year; ``loose``: a year near it, one of the two
    being no full date; ``other``: all that are found in none of these ways. ``free`` is the most of
    ``Named.free``.
    """

    bits: float
    day: float
    year: float
    anniversary: float
    loose: float
    other: float
    free: float


class Scan(NamedTuple):
    """Whose names are looked through: ``gain`` has what each unit gives the person at hand.

    ``near``, as far as ``size[0]``, is who was found; it has room for everybody who may be at once.
    """

    named: Named
    gain: Float64
    near: Int32
    size: Int32


class Noted(NamedTuple):
    """Rows of a person and a listed one as far as ``size[0]``; ``met`` has whom each was last noted for."""

    pair: Int32
    size: Int32
    met: Int32


class Task(NamedTuple):
    """Everything together; ``birth`` has the bits of each level of two dates."""

    crowd: Crowd
    listed: Listed
    meeting: Meeting
    wanted: Wanted
    birth: Float64
    scan: Scan
    noted: Noted
