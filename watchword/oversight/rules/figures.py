# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which figures are published together, how they add up, and so which of them must stay hidden."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from watchword.core.figures.suppression import Arrow, Name, hidden
from watchword.core.refusals import Sentence, sentence

WEEKS = 8
BANDS: tuple[tuple[int, Sentence], ...] = (
    (7, sentence("up to 7 days")),
    (28, sentence("8 to 28 days")),
    (90, sentence("29 to 90 days")),
    (10**6, sentence("more than 90 days")),
)
"""The last day of each band of ages, and its name."""

_ALL: Name = ("all",)


@dataclass(frozen=True)
class Figures:
    """Figures that are published together; what is hidden is not in it."""

    shown: Mapping[Name, int]

    def get(self, *name: str) -> int | None:
        """The figure, or None where it is hidden; nobody learns whether for its own sake or another's."""
        return self.shown.get(name)


def standing(
    stages: Iterable[str],
    opened: Iterable[tuple[str, int, str]],
    ended: Iterable[str],
    keepers: Iterable[str],
) -> Figures:
    """Where cases are. ``opened``: stage, days there and keeper of each; ``ended``: out of which stage.

    All cases are open or ended; the open ones are somebody's, stand in a stage, and there in a band of days.
    """
    rows, out = [(stage, band(days), keeper) for stage, days, keeper in opened], Counter(ended)
    here, kept = Counter(stage for stage, _, _ in rows), Counter(keeper for _, _, keeper in rows)
    bands, cells = Counter(age for _, age, _ in rows), Counter((stage, age) for stage, age, _ in rows)
    known = set(stages)
    arrows = {
        _ALL: Arrow("all", "cases", len(rows) + out.total()),
        ("open",): Arrow("cases", "open", len(rows)),
        ("ended",): Arrow("cases", "ended", out.total()),
    }
    arrows |= {("keeper", one): Arrow("open", "kept", kept[one]) for one in {*keepers, *kept}}
    for stage in known | here.keys() | out.keys():
        arrows["open", stage] = Arrow("kept", f"stage {stage}", here[stage])
        arrows["ended", stage] = Arrow("ended", "all", out[stage])
        arrows |= {
            ("band", stage, age): Arrow(f"stage {stage}", f"band {age}", cells[stage, age]) for age in AGES
        }
    return _published(arrows | {("band", age): Arrow(f"band {age}", "all", bands[age]) for age in AGES})


def outcomes(weeks: Iterable[date], names: Iterable[str], made: Iterable[tuple[date, str]]) -> Figures:
    """What was decided. ``weeks``: their Mondays; ``made``: the day and the outcome of each decision."""
    rows, named = [(monday(day).isoformat(), outcome) for day, outcome in made], set(names)
    cells, by_week = Counter(rows), Counter(week for week, _ in rows)
    by_outcome = Counter(outcome for _, outcome in rows)
    columns = sorted(named | by_outcome.keys())
    arrows = {_ALL: Arrow("all", "weeks", len(rows))}
    for week in (one.isoformat() for one in weeks):
        arrows["week", week] = Arrow("weeks", f"week {week}", by_week[week])
        arrows |= {
            ("cell", week, outcome): Arrow(f"week {week}", f"outcome {outcome}", cells[week, outcome])
            for outcome in columns
        }
    return _published(
        arrows | {("outcome", one): Arrow(f"outcome {one}", "all", by_outcome[one]) for one in columns}
    )


def whole_weeks(today: date) -> list[date]:
    """The Mondays of the last weeks that are over; the present one would change under the reader's eyes."""
    return [monday(today) - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def band(days: int) -> str:
    """The band in which so many days fall."""
    return next(str(number) for number, (last, _) in enumerate(BANDS) if days <= last)


AGES = tuple(str(number) for number in range(len(BANDS)))


def _published(arrows: Mapping[Name, Arrow]) -> Figures:
    # How many cases and decisions there are, the ledger tells everybody who counts its entries.
    kept = hidden(arrows, known=frozenset({_ALL}))
    return Figures({name: arrow.value for name, arrow in arrows.items() if name not in kept})
