# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates of birth as lists print them: ``4 Apr. 1944``, ``circa 1951``, ``between 1958 and 1963``.

What several dates stand for is always the same: the person was born on one of them. A range of years becomes
each of its years, as long as it is no wider than ``WIDEST`` years; a wider one says too little to compare,
and is reported instead. *Before 1960*, an age, a decade are not dates of birth and are reported too. A day
that no calendar holds keeps its year, and is reported.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from watchword.core.refusals import WrongState
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.loaders.months import MONTH, MONTHS

WIDEST = 10
FIRST_YEAR, LAST_YEAR = 1800, 2100

# Order matters: the longest form is tried first. ``s`` is the separator, ``n`` a month by name.
_FORMS = "|".join(
    (
        r"(?P<y0>\d{4})(?P<m0>0[1-9]|1[0-2])(?P<d0>[0-2]\d|3[01])",
        r"(?P<y1>\d{4})[-./](?P<m1>\d{1,2})[-./](?P<d1>\d{1,2})",
        r"(?P<a2>\d{1,2})\s?(?P<s2>[-./ ])\s?(?P<b2>\d{1,2})\s?[-./ ]\s?(?P<y2>\d{4})",
        rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ .-]\s?(?P<n3>{MONTH})\b\.?[ ,-]\s?(?P<y3>\d{{4}})",
        rf"(?P<n4>{MONTH})\b\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y4>\d{{4}})",
        rf"(?P<n5>{MONTH})\b\.?,?\s?(?P<y5>\d{{4}})",
        r"(?P<y6>\d{4})-(?P<m6>\d{2})(?!\d)",
        r"(?P<m7>\d{1,2})[./](?P<y7>\d{4})",
        r"(?P<y8>\d{4})",
    )
)
_PIECE = re.compile(rf"(?<!\d)(?:{_FORMS})(?![\d])(?!s\b)|[^\W\d_]+|\d+s?|[-–—/~?]")

_ISO = re.compile(r"((?:18|19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_ABOUT = "~ circa c ca cca approx approximately about around probably estimated около приблизно близько"
_FILLER = (
    "or and also alternatively alt dob born on in the year of date gregorian calendar possibly г гг года год"
    " р рік року родился родилась народився народилася або или либо"
)
ABOUT, FILLER = frozenset(_ABOUT.split()), frozenset(_FILLER.split())
RANGE = frozenset(("to", "through", "till", "until", "-", "–", "—", "до", "по"))
HALF_LINE = frozenset(("before", "after", "since", "prior", "later", "earlier", "до", "после"))
SEPARATORS = frozenset("-–—/?")


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates that were understood, and in ``rest`` the words that were not."""

    dates: tuple[PartialDate, ...]
    rest: str = ""


@dataclass(slots=True)
class _Walk:
    """Where the reading of one text stands."""

    dates: list[PartialDate]
    rest: list[str]
    about: bool = False
    between: bool = False
    half_line: str = ""
    waiting: bool = False


def read(text: str, order: str = "dmy") -> Reading:
    """Every date that ``text`` gives; ``order`` (dmy, mdy, ymd) settles numeric ones. Never raises."""
    if whole := _ISO.fullmatch(text):
        with suppress(WrongState):
            # Most lists print nothing else, and a list may have millions of dates.
            return Reading((PartialDate(int(whole[1]), int(whole[2]), int(whole[3])),))
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    other_calendar = "hijri" in plain or "shamsi" in plain
    walk = _Walk([], [])
    for piece in _PIECE.finditer(plain):
        year = next((value for key, value in piece.groupdict().items() if key[0] == "y" and value), None)
        if year is not None and FIRST_YEAR <= int(year) <= LAST_YEAR:
            _date(walk, piece, order)
        elif not (other_calendar and (year is not None or piece[0] in ("hijri", "iranian", "shamsi"))):
            _word(walk, piece[0])
    return Reading(tuple(dict.fromkeys(walk.dates)), " ".join(walk.rest))


def _word(walk: _Walk, word: str) -> None:
    if word in HALF_LINE and not walk.dates:
        walk.half_line = word
    elif word in RANGE or (word == "and" and walk.between):
        walk.waiting = bool(walk.dates)
    elif word in ABOUT:
        walk.about = True
    elif word == "?" and walk.dates:
        walk.dates[-1] = replace(walk.dates[-1], circa=True)
    elif word in ("between", "from", "с", "з", "між", "между"):
        walk.between = True
    elif word not in FILLER and word not in SEPARATORS:
        walk.rest.append(word)


def _date(walk: _Walk, piece: re.Match[str], order: str) -> None:
    date, sure = _built(piece, order, walk.about)
    if walk.half_line:
        walk.rest.append(f"{walk.half_line} {piece[0]}")
    elif walk.waiting:
        first = walk.dates.pop()
        walk.dates.extend(span(first, date))
        if date.year - first.year > WIDEST or date.year < first.year:
            walk.rest.append(f"{first} - {date}")
    else:
        walk.dates.append(date)
    if not sure:
        walk.rest.append(piece[0])
    walk.between = walk.between and not walk.waiting
    walk.about = walk.waiting = False
    walk.half_line = ""


def span(first: PartialDate, last: PartialDate) -> Iterator[PartialDate]:
    """Every year (or the one month) from ``first`` to ``last``; nothing when too wide or backwards."""
    if first == last:
        yield first
    elif (first.year, first.month) == (last.year, last.month) and first.month is not None:
        yield PartialDate(first.year, first.month, circa=first.circa)
    elif 0 <= last.year - first.year <= WIDEST:
        yield from (PartialDate(year, circa=first.circa) for year in range(first.year, last.year + 1))


def _built(piece: re.Match[str], order: str, about: bool) -> tuple[PartialDate, bool]:
    found = {key[0]: value for key, value in piece.groupdict().items() if value is not None}
    year, month, day = int(found["y"]), found.get("m"), found.get("d")
    if "n" in found:
        month = str(MONTHS[found["n"]])
    if "a" in found:
        day, month = _day_and_month(found["a"], found["b"], order)
    try:
        # Some registers print 00 for a part that nobody knows.
        return PartialDate(year, int(month or 0) or None, int(day or 0) or None, about), True
    except WrongState:
        return PartialDate(year, circa=about), False


def _day_and_month(first: str, second: str, order: str) -> tuple[str, str]:
    swapped = order == "mdy" if int(first) <= 12 and int(second) <= 12 else int(second) > 12
    return (second, first) if swapped else (first, second)
