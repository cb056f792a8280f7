# SPDX-License-Identifier: AGPL-3.0-or-later
"""A stretch of time as people remember it, kept as an interval of ISO 8601-2 and counted in whole months.

``2019-22/2021-03``: from the summer of 2019 until March 2021. ``/2019``: begun nobody knows when.
``2019/``: ended nobody knows when. ``2019/..``: still. ``2019~/2021~``: roughly.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from watchword.core.procedure.faults import fault
from watchword.core.procedure.parts import PART_OF_YEAR, TICKED
from watchword.core.procedure.text import Text
from watchword.core.refusals import WrongState

STILL = ".."
ABOUT = "~"
FIRST_YEAR, LAST_YEAR = 1900, 2100
# How far a guess may be off before it is pointed out.
ROUGHLY_MONTHS = 3
# First and last month, counted from the January of its year. A winter may be that of either side.
_SEASON_MONTHS = {"21": (2, 4), "22": (5, 7), "23": (8, 10), "24": (0, 13)}
_EDGE = r"(?:(\d{4})(?:-(\d{2}))?(~)?)"
_PERIOD = re.compile(rf"({_EDGE})?/({_EDGE}|\.\.)?", re.ASCII)

_STILL_WORDS = Text("still", "досі", "до сих пор")
_UNKNOWN = Text("not known", "невідомо", "неизвестно")
_ROUGHLY = Text("about", "приблизно", "примерно")


@dataclass(frozen=True)
class Months:
    """A month that is known only within bounds; both count from January of the year 0."""

    earliest: int
    latest: int


def from_parts(parts: Mapping[str, str]) -> str:
    """Return the period written in the controls of ``parts``; "" when nothing is.

    Raises WrongState with the fault.
    """
    still, about = (parts.get(name) == TICKED for name in ("still", "about"))
    mark = ABOUT if about else ""
    begun = _edge(parts.get("from_year", ""), parts.get("from_part", ""), mark)
    ended = _edge(parts.get("to_year", ""), parts.get("to_part", ""), mark)
    if not begun and not ended:
        if still or about:
            raise WrongState(fault("no_year"))
        return ""
    if still and ended:
        raise WrongState(fault("still_and_end"))
    period = f"{begun}/{STILL if still else ended}"
    _check_order(period)
    return period


def to_parts(period: str) -> dict[str, str]:
    """Return the controls that make ``period``; none for words that are no period."""
    if not _PERIOD.fullmatch(period) or period in ("/", "/.."):
        return {}
    parts: dict[str, str] = {}
    for side, edge in zip(("from", "to"), period.split("/"), strict=True):
        if edge == STILL:
            parts["still"] = TICKED
        elif edge:
            year, _, part = edge.rstrip(ABOUT).partition("-")
            parts[f"{side}_year"] = year
            parts |= {f"{side}_part": part} if part else {}
            parts |= {"about": TICKED} if edge.endswith(ABOUT) else {}
    return parts


def bounds(period: str) -> tuple[Months | None, Months | None]:
    """Return the first and the last month of ``period``, each within bounds; None where it is not known.

    What goes on ends beyond every calendar.
    """
    begun, _, ended = period.partition("/")
    return _months(begun), Months(LAST_YEAR * 12, LAST_YEAR * 12) if ended == STILL else _months(ended)


def in_words(period: str, language: str) -> str:
    """Return ``period`` as a reader of ``language`` would say it; other words as they are."""
    if not to_parts(period):
        return period
    begun, _, ended = period.partition("/")
    return f"{edge_in_words(begun, language)} – {edge_in_words(ended, language)}"


def edge_in_words(edge: str, language: str) -> str:
    """Return one end of a period in words: “about summer 2019”, “still”."""
    if edge in ("", STILL):
        return (_STILL_WORDS if edge else _UNKNOWN).in_language(language)
    year, _, part = edge.rstrip(ABOUT).partition("-")
    named = PART_OF_YEAR.get(part)
    words = f"{named.in_language(language)} {year}" if named else edge.rstrip(ABOUT)
    return f"{_ROUGHLY.in_language(language)} {words}" if edge.endswith(ABOUT) else words


def _edge(year: str, part: str, mark: str) -> str:
    year, part = year.strip(), part.strip()
    if not year:
        if part:
            raise WrongState(fault("year_missing"))
        return ""
    if not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise WrongState(fault("year"))
    if part and part not in PART_OF_YEAR:
        raise WrongState(fault("choose_shown"))
    return f"{year}-{part}{mark}" if part else f"{year}{mark}"


def _check_order(period: str) -> None:
    begun, ended = bounds(period)
    if begun and ended and begun.earliest > ended.latest:
        raise WrongState(fault("end_first"))


def _months(edge: str) -> Months | None:
    if not edge:
        return None
    year, _, part = edge.rstrip(ABOUT).partition("-")
    january = int(year) * 12
    first, last = _SEASON_MONTHS.get(part) or ((int(part) - 1, int(part) - 1) if part else (0, 11))
    spare = ROUGHLY_MONTHS if edge.endswith(ABOUT) else 0
    return Months(january + first - spare, january + last + spare)
