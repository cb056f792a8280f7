# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of the list are written without a template: nothing that they show may become markup."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from tests.web.markup import Page
from watchword.cases.selectors.lists import CaseRow
from watchword.cases.templatetags.case_rows import case_rows
from watchword.core.procedure import Text

HOSTILE = "<script>alert('1')</script>\"&"
TODAY = date(2026, 11, 22)
ROW = CaseRow(
    code="WW-3K9P2M",
    stage=Text("Checks", "Перевірки", "Проверки"),
    stage_id="checks",
    since=datetime(2026, 11, 20, 9, tzinfo=UTC),
    due=date(2026, 11, 24),
    clock_holder="vetting",
    keeper="Ada",
    danger=False,
    closed=False,
    questions=0,
    unread=0,
)


def cells(row: CaseRow) -> list[str]:
    """What the cells of one row say."""
    parts = re.split("<t[hd][^>]*>", case_rows([row], TODAY))
    return [Page(part).text for part in parts[1:]]


@pytest.mark.parametrize(
    "hostile",
    [
        replace(ROW, keeper=HOSTILE),
        replace(ROW, stage=Text(HOSTILE, HOSTILE, HOSTILE)),
        replace(ROW, code=HOSTILE),
    ],
)
def test_nothing_in_a_row_becomes_markup(hostile: CaseRow) -> None:
    written = case_rows([hostile], TODAY)
    assert "<script" not in written
    assert "alert('" not in written
    assert {tag.name for tag in Page(written).tags} <= {"tr", "th", "td", "a", "time", "div", "span"}


def test_a_row_says_what_is_known_of_the_case() -> None:
    assert cells(ROW) == ["WW-3K9P2M", "Checks", "20 Nov 2026", "2 days left (until 24 Nov)", "Ada", "–"]
    bare = replace(ROW, due=None, keeper="", danger=True, unread=2, questions=1)
    assert cells(bare) == [
        "WW-3K9P2M in danger", "Checks", "20 Nov 2026", "–", "nobody yet", "2 unread 1 question open",
    ]  # fmt: skip
    theirs = replace(ROW, clock_holder="applicant", unread=1)
    assert cells(theirs)[3:] == ["2 days left (until 24 Nov) · the applicant’s turn", "Ada", "1 unread"]


def test_each_reader_reads_their_own_language() -> None:
    with override("uk"):
        assert "Перевірки" in case_rows([ROW], TODAY)
    assert "Checks" in case_rows([ROW], TODAY)


def test_a_row_leads_to_its_case() -> None:
    link = Page(case_rows([ROW], TODAY)).named("a")[0]
    assert link.get("href") == "/case/WW-3K9P2M/"
