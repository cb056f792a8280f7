# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a date as people type it, also one of which the day or the month is not known."""

import re
from datetime import date

from watchword.core.refusals import Sentence, WrongState, sentence

# 23.05.1987, 5.1987 or 1987, whatever stands between; and the other way round, as a passport's chip has it.
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[ ./-]+)?(\d{1,2})[ ./-]+)?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[ ./-]+(\d{1,2})(?:[ ./-]+(\d{1,2}))?")

HOW = sentence("Write the date as day, month, year: 23.05.1987. If you do not know it all: 05.1987 or 1987.")
NO_SUCH_DAY = sentence("There is no such day in the calendar.")


def one_form(words: str) -> str:
    """Return a typed date as ``1987-05-23``, ``1987-05`` or ``1987``. Raises WrongState with a sentence."""
    day, month, year = _parts(words.strip().rstrip("."))
    _check(year, month, day)
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)])


def _parts(words: str) -> tuple[int | None, int | None, int]:
    if found := _DAY_FIRST.fullmatch(words):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(words):
        year, month, day = found.groups()
    else:
        raise WrongState(HOW)
    return _number(day), _number(month), int(year)


def _number(part: str | None) -> int | None:
    """What was typed; zeroes stand in some passports for a part that is not known."""
    return (int(part) or None) if part else None


def _check(year: int, month: int | None, day: int | None) -> None:
    if day is not None and month is None:
        raise WrongState(HOW)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise WrongState(NO_SUCH_DAY) from None


def fault(words: str) -> Sentence | None:
    """Return why ``words`` are no date, in a sentence; None when they are one."""
    try:
        one_form(words)
    except WrongState as refused:
        return refused.reason
    return None
