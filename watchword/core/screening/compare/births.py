# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far two birth dates agree, as a level, in a kernel."""

from watchword.core.screening.arrays import Int32
from watchword.core.screening.compiled import compiled

(
    SAME_DAY,
    SWAPPED,
    YEAR_SLIP,
    DAY_SLIP,
    SAME_MONTH,
    SAME_YEAR,
    NEAR_YEAR,
    OTHER_DAY,
    OTHER_YEAR_SAME_DAY,
    OTHER_YEAR,
) = range(10)
BIRTHS = (
    "same_day",
    "swapped",
    "year_slip",
    "day_slip",
    "same_month",
    "same_year",
    "near_year",
    "other_day",
    "other_year_same_day",
    "other_year",
)
NOT_SURE = 2  # years that "about" may be off


@compiled
def digits_that_differ(left: int, right: int) -> int:
    """Of two numbers written with four digits."""
    count = 0
    for _ in range(4):
        count += left % 10 != right % 10
        left, right = left // 10, right // 10
    return count


@compiled
def exchanged(left: int, right: int) -> bool:
    """Whether two two-digit numbers have their digits exchanged."""
    return left != right and left == right % 10 * 10 + right // 10


@compiled
def slip_of_year(left: int, right: int) -> bool:
    """Whether one year may be the other, miswritten: one digit, a neighbour, or the last two exchanged."""
    if digits_that_differ(left, right) == 1 or abs(left - right) == 1:
        return True
    return exchanged(left % 100, right % 100)


@compiled
def slip_of_day(left: Int32, right: Int32) -> bool:
    """The same of days in one year: one digit of day or month, a day apart, or the day's digits exchanged."""
    if digits_that_differ(left[1] * 100 + left[2], right[1] * 100 + right[2]) == 1:
        return True
    return bool(left[1] == right[1] and (exchanged(left[2], right[2]) or abs(left[2] - right[2]) == 1))


@compiled
def whole_level(left: Int32, right: Int32) -> int:
    """The level of two dates known to the day."""
    year, month, day = left[0] == right[0], left[1] == right[1], left[2] == right[2]
    if year and month and day:
        return SAME_DAY
    if year and left[1] == right[2] and left[2] == right[1]:
        return SWAPPED
    if month and day:
        return YEAR_SLIP if slip_of_year(left[0], right[0]) else OTHER_YEAR_SAME_DAY
    if year and slip_of_day(left, right):
        return DAY_SLIP
    return OTHER_DAY if year else OTHER_YEAR


@compiled
def birth_level(left: Int32, right: Int32) -> int:
    """The level of two dates, each a year, a month or 0, a day or 0, and 1 when the source says "about"."""
    about = left[3] + right[3] > 0
    apart = abs(left[0] - right[0])
    if about:
        if apart == 0:
            return SAME_YEAR
        return NEAR_YEAR if apart <= NOT_SURE else OTHER_YEAR
    if left[2] > 0 and right[2] > 0:
        return whole_level(left, right)
    if apart > 0:
        return NEAR_YEAR if apart == 1 and (left[1] == 0 or right[1] == 0) else OTHER_YEAR
    if left[1] == 0 or right[1] == 0:
        return SAME_YEAR
    return SAME_MONTH if left[1] == right[1] else OTHER_DAY
