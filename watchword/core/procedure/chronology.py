# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts a list of periods in order of time, and sees where it has gaps or overlaps: to be told, never refused.

It counts in favour of whoever remembers little: only what cannot be otherwise is pointed out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from watchword.core.procedure.judging import Answer
from watchword.core.procedure.periods import Months, bounds, to_parts
from watchword.core.procedure.questionnaire import Group

Entry: TypeAlias = Mapping[str, Answer]
NEVER = 10**6


@dataclass(frozen=True)
class Note:
    """Something to look at once more.

    ``kind``: "gap" between the end ``one`` and the beginning ``two``, "overlap" of the periods ``one`` and
    ``two``, or a gap at the "start" before ``two`` or at the "end" after ``one``. Ends and periods are as
    in ``periods``.
    """

    kind: str
    one: str
    two: str


@dataclass(frozen=True)
class _Stretch:
    period: str
    begun: Months | None
    ended: Months | None

    @property
    def key(self) -> tuple[int, int]:
        """By the beginning, and by the end where the beginning is not known; what has neither comes last."""
        first = self.begun or self.ended
        last = self.ended or self.begun
        return (first.earliest if first else NEVER, last.latest if last else NEVER)


def ordered(group: Group, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries of ``group`` in order of time; as they came when the group has no order."""
    return sorted(entries, key=lambda entry: place_in_time(group, entry))


def place_in_time(group: Group, entry: Entry) -> tuple[int, int]:
    """Return what entries of ``group`` are ordered by; one without a period comes last."""
    return _stretch(group, entry).key


def notes(group: Group, entries: Sequence[Entry], this_month: int | None = None) -> list[Note]:
    """Return what to look at again in the ``ordered`` entries of ``group``.

    ``this_month`` is counted as in ``periods.Months``; without it the two ends are not looked at.
    """
    if group.gap_months is None or not entries:
        return []
    stretches = [stretch for entry in entries if (stretch := _stretch(group, entry)).period]
    found = _between(stretches, group.gap_months)
    if this_month is None or group.years is None or not stretches:
        return found
    first, last = stretches[0], max(stretches, key=_end)
    missing = (first.begun.earliest if first.begun else 0) - (this_month - group.years * 12)
    before = [Note("start", "", _begun(first))] if missing >= group.gap_months else []
    silent = this_month - _end(last) - 1
    after = [Note("end", _ended(last), "")] if silent >= group.gap_months else []
    return [*before, *found, *after]


def _stretch(group: Group, entry: Entry) -> _Stretch:
    period = entry.get(group.ordered_by) if group.ordered_by else None
    if not isinstance(period, str) or not to_parts(period):
        return _Stretch("", None, None)
    return _Stretch(period, *bounds(period))


def _between(stretches: Sequence[_Stretch], spare: int) -> list[Note]:
    found: list[Note] = []
    last: _Stretch | None = None
    for stretch in stretches:
        if last is not None:
            found += _compare(last, stretch, spare)
        if last is None or _end(stretch) >= _end(last):
            last = stretch
    return found


def _compare(last: _Stretch, following: _Stretch, spare: int) -> list[Note]:
    """An end or a beginning that is not known could be anywhere, so nothing is said of it."""
    if last.ended is None or following.begun is None:
        return []
    if following.begun.earliest - last.ended.latest - 1 >= spare:
        return [Note("gap", _ended(last), _begun(following))]
    if following.begun.latest < last.ended.earliest:
        return [Note("overlap", last.period, following.period)]
    return []


def _end(stretch: _Stretch) -> int:
    return stretch.ended.latest if stretch.ended else NEVER


def _begun(stretch: _Stretch) -> str:
    return stretch.period.partition("/")[0]


def _ended(stretch: _Stretch) -> str:
    return stretch.period.partition("/")[2]
