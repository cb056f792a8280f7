# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of figures: counted from codes and days alone, small ones hidden before anybody sees a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from watchword import profiles
from watchword.accounts.selectors import names
from watchword.cases.selectors import tallies
from watchword.core.figures.middle import middle
from watchword.core.procedure import Text
from watchword.core.procedure.profile import Profile
from watchword.core.refusals import Sentence, sentence
from watchword.decisions import selectors as decisions
from watchword.oversight import rules
from watchword.oversight.rules import Figures
from watchword.web.charts import Scale, Segment, spot, stacked

PASSAGE_DAYS = 91
NOBODY = sentence("nobody yet")


@dataclass(frozen=True)
class Row:
    """One line of a chart and of its table; a figure of None is hidden."""

    title: Text | Sentence | str | date
    total: int | None
    parts: tuple[int | None, ...]
    bar: Sequence[Segment]


@dataclass(frozen=True)
class Clock:
    """How long a stage took: the middle of its cases as a dot, beside the days that the procedure allows."""

    title: Text
    allowed: int | None
    took: int | None
    allowed_x: str
    took_x: str


@dataclass(frozen=True)
class FiguresPage:
    """Everything on the page."""

    cases: int | None
    open: int | None
    ended: int | None
    funnel: Sequence[Row]
    ages: Sequence[Row]
    bands: Sequence[Sentence]
    all_ages: Sequence[int | None]
    keepers: Sequence[Row]
    clocks: Sequence[Clock]
    weeks: Sequence[Row]
    outcomes: Sequence[Text]
    all_outcomes: Sequence[int | None]
    decided: int | None


def figures_page(*, now: datetime) -> FiguresPage:
    """The figures as they stand; the same for everybody who may read them at all."""
    profile = profiles.load(settings.WATCHWORD_PROFILE)
    today = timezone.localdate(now)
    lines = tallies.open_standings()
    staff = names(one.keeper for one in lines if one.keeper)
    stages = [stage.id for stage in profile.stages if not stage.final]
    opened = [(one.stage, (today - one.since).days, one.keeper) for one in lines]
    standing = rules.standing(stages, opened, tallies.ended_from(), {*staff, ""})
    weeks = rules.whole_weeks(today)
    decided = _decided(profile, weeks, now)
    codes = [outcome.id for outcome in profile.decision.outcomes]
    return FiguresPage(
        cases=standing.get("all"),
        open=standing.get("open"),
        ended=standing.get("ended"),
        funnel=_rows(
            {stage: profile.stage(stage).title for stage in stages},
            {stage: (standing.get("open", stage), standing.get("ended", stage)) for stage in stages},
        ),
        ages=_rows(
            {stage: profile.stage(stage).title for stage in stages},
            {stage: tuple(standing.get("band", stage, age) for age in rules.AGES) for stage in stages},
            {stage: standing.get("open", stage) for stage in stages},
        ),
        bands=[title for _, title in rules.BANDS],
        all_ages=[standing.get("band", age) for age in rules.AGES],
        keepers=_keepers(standing, staff),
        clocks=_clocks(profile, now),
        weeks=_rows(
            {week.isoformat(): week for week in weeks},
            {str(week): tuple(decided.get("cell", str(week), one) for one in codes) for week in weeks},
            {str(week): decided.get("week", str(week)) for week in weeks},
        ),
        outcomes=[outcome.title for outcome in profile.decision.outcomes],
        all_outcomes=[decided.get("outcome", one) for one in codes],
        decided=decided.get("all"),
    )


def _decided(profile: Profile, weeks: Sequence[date], now: datetime) -> Figures:
    begin = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    back = (begin.date() - weeks[0]).days
    since, until = begin - timedelta(days=back), begin - timedelta(days=back - 7 * len(weeks))
    made = decisions.outcomes_between(since=since, until=until)
    return rules.outcomes(weeks, [outcome.id for outcome in profile.decision.outcomes], made)


def _rows(
    titles: Mapping[str, Text | Sentence | str | date],
    parts: Mapping[str, tuple[int | None, ...]],
    totals: Mapping[str, int | None] | None = None,
) -> list[Row]:
    bars = stacked(list(parts.values()))
    return [
        Row(titles[name], (totals or {}).get(name), figures, bar)
        for (name, figures), bar in zip(parts.items(), bars, strict=True)
    ]


def _keepers(standing: Figures, staff: Mapping[str, str]) -> list[Row]:
    """By name: nobody is ranked by how much they work."""
    by_name = sorted(staff, key=lambda keeper: staff[keeper])
    titles: dict[str, Text | Sentence | str | date] = {"": NOBODY, **{one: staff[one] for one in by_name}}
    return _rows(titles, {keeper: (standing.get("keeper", keeper),) for keeper in titles})


def _clocks(profile: Profile, now: datetime) -> list[Clock]:
    taken: dict[str, dict[str, int]] = {}
    for passage in tallies.passages(since=now - timedelta(days=PASSAGE_DAYS), until=now):
        # A case that went through a stage twice is one measure, its last: five must be five people.
        taken.setdefault(passage.stage, {})[passage.case] = passage.days
    stages = [stage for stage in profile.stages if not stage.final]
    took = {stage.id: middle(taken.get(stage.id, {}).values()) for stage in stages}
    longest = max([1, *(stage.clock_days or 0 for stage in stages), *(days or 0 for days in took.values())])
    scale = Scale(0, longest)
    return [
        Clock(
            stage.title,
            stage.clock_days,
            took[stage.id],
            spot(stage.clock_days, scale),
            spot(took[stage.id], scale),
        )
        for stage in stages
    ]
