# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days, clocks, numbers and reasons as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.markup import Page
from watchword.core.refusals import counted, sentence
from watchword.web.templatetags import frame, words

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 26), "4 days left (until 26 Nov)"),
        (date(2026, 11, 23), "1 day left (until 23 Nov)"),
        (date(2026, 11, 22), "today is the last day (22 Nov)"),
        (date(2026, 11, 21), "1 day over (since 21 Nov)"),
        (date(2026, 11, 12), "10 days over (since 12 Nov)"),
        (datetime(2026, 11, 26, 0, 1, tzinfo=UTC), "4 days left (until 26 Nov)"),
        (None, ""),
    ],
)
def test_a_clock_says_what_is_left_and_until_when(due: date | None, said: str) -> None:
    assert words.deadline(due, TODAY) == said


def test_a_day_is_written_for_people_and_for_machines() -> None:
    assert words.day(TODAY) == '<time datetime="2026-11-22">22 Nov 2026</time>'
    assert words.day(None) == ""


def test_a_day_is_written_in_the_reader_s_language() -> None:
    with override("uk"):
        assert "Nov" not in words.day(TODAY)


def test_a_moment_has_its_minute_and_no_second() -> None:
    moment = datetime(2026, 11, 22, 14, 5, 59, tzinfo=UTC)
    assert words.moment(moment) == '<time datetime="2026-11-22T14:05+00:00">22 Nov 2026, 14:05</time>'


@given(st.integers(min_value=-(10**15), max_value=10**15))
@settings(max_examples=60)
def test_a_figure_is_the_number_in_groups_of_three(number: int) -> None:
    groups = words.figure(number).lstrip("-").split(words.THIN_SPACE)
    assert int(words.figure(number).replace(words.THIN_SPACE, "")) == number
    assert all(len(group) == 3 for group in groups[1:])
    assert 1 <= len(groups[0]) <= 3


@pytest.mark.parametrize(("left", "said"), [(1, "1 day more"), (0, "0 days more"), (21, "21 days more")])
def test_a_sentence_about_a_number_takes_the_form_of_the_number(left: int, said: str) -> None:
    waiting = counted("wait %(days)s day more", "wait %(days)s days more", left, days=left)
    assert words.say(waiting) == str(waiting) == f"wait {said}"


def test_a_language_with_more_forms_has_them_all() -> None:
    def left(days: int) -> str:
        return words.say(
            counted(
                "The time of this stage runs for %(days)s day more.",
                "The time of this stage runs for %(days)s days more.",
                days,
                days=days,
            )
        )

    with override("uk"):
        assert len({left(days).replace(str(days), "") for days in (1, 2, 5)}) == 3


def test_no_figure_is_a_dash_and_not_a_nought() -> None:
    assert words.figure(None) == "–"


def test_an_action_that_is_not_open_keeps_its_words_says_why_and_does_nothing() -> None:
    reason = sentence("%(who)s must countersign it.", who="<b>Ben</b>")
    template = Template("{% load words %}{% why_not 'Countersign refusal' reason %}")
    page = Page(template.render(Context({"reason": reason})))
    button = page.named("button")[0]
    assert button.get("aria-disabled") == "true"
    assert button.get("type") == "button"
    assert "Countersign refusal" in page.text
    assert "<b>Ben</b> must countersign it." in page.text
    assert not page.named("b")


def test_a_link_to_a_page_that_this_program_does_not_have_is_left_out() -> None:
    assert frame.frame_link(Context({}), "gate:no_such_page", "x") == {}


@pytest.mark.parametrize(("path", "present"), [("/look/", True), ("/look/gate/", True), ("/", False)])
def test_a_link_knows_that_it_leads_here(path: str, present: bool) -> None:
    context = Context({"request": RequestFactory().get(path)})
    assert frame.frame_link(context, "look", "Look")["present"] is present
