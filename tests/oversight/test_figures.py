# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of figures: what it counts, what it hides, who reads it, and that it opens nothing."""

from datetime import date, timedelta

import pytest

from tests.cast import case_in
from tests.decisions.at_the_table import CANDOUR, laid
from tests.organisation import Organisation
from watchword.cases.selectors import tallies
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.oversight import rules
from watchword.oversight.selectors import figures_page

MONDAY = date(2026, 11, 16)


def test_one_case_stands_in_no_figure_and_nothing_is_opened(organisation: Organisation) -> None:
    table = laid(organisation)
    table.decide(CANDOUR)
    opened = journal.counts()[Event.COMPARTMENT_OPEN]
    table.days_later(8)
    page = figures_page(now=organisation.now)
    assert journal.counts()[Event.COMPARTMENT_OPEN] == opened
    assert (page.cases, page.decided) == (1, 1)
    shown = [page.open, page.ended, *page.all_ages, *page.all_outcomes, *(one.took for one in page.clocks)]
    shown += [part for row in (*page.funnel, *page.ages, *page.keepers, *page.weeks) for part in row.parts]
    assert set(shown) == {None}


def test_cases_are_counted_where_they_stand_and_whence_they_ended(organisation: Organisation) -> None:
    dov, office = case_in(organisation, "prescreen")
    begun = organisation.now
    organisation.now += timedelta(days=3)
    dov.withdraw()
    (passage,) = tallies.passages(since=begun, until=organisation.now + timedelta(days=1))
    assert (passage.case, passage.stage, passage.days) == (office.case, "prescreen", 3)
    assert tallies.ended_from() == ["prescreen"]
    assert tallies.open_standings() == []


def test_large_figures_are_shown_and_small_ones_hide_together() -> None:
    opened = [("first", 3, "ada")] * 9 + [("first", 20, "ada")] * 8 + [("second", 3, "ada")] * 12
    opened += [("second", 100, "hugo"), ("third", 3, "hugo")] * 4
    figures = rules.standing(["first", "second", "third"], opened, ["first"] * 6, ["ada", "hugo"])
    assert (figures.get("all"), figures.get("open")) == (43, 37)
    assert (figures.get("keeper", "ada"), figures.get("keeper", "hugo")) == (29, 8)
    assert (figures.get("open", "first"), figures.get("band", "0")) == (17, 25)
    for hidden in (("open", "third"), ("band", "second", "3"), ("ended", "second")):
        assert figures.get(*hidden) is None


def test_no_total_gives_a_hidden_outcome_back() -> None:
    made = [(MONDAY, "accept")] * 9 + [(MONDAY, "refuse")] * 3
    figures = rules.outcomes([MONDAY], ["accept", "refuse"], made)
    assert figures.shown == {("all",): 12, ("week", MONDAY.isoformat()): 12}


def test_the_week_that_still_runs_is_not_told() -> None:
    assert rules.whole_weeks(date(2026, 11, 22))[-1] == date(2026, 11, 9)
    assert rules.whole_weeks(date(2026, 11, 23))[-1] == MONDAY


@pytest.mark.parametrize(("who", "status"), [("ben", 200), ("aud", 200), ("petro", 200), ("ada", 403)])
def test_board_auditors_and_administrators_read_it(organisation: Organisation, who: str, status: int) -> None:
    answer = organisation.browser(who).get("/figures/")
    assert answer.status_code == status
    if status == 200:
        assert "not shown" in answer.content.decode()
