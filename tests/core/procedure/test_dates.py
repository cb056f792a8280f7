# SPDX-License-Identifier: AGPL-3.0-or-later
"""A date is read as people type it, has one form, and may be known only in part."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.procedure.written import legion, read
from watchword.core.procedure import validate
from watchword.core.procedure.dates import one_form
from watchword.core.refusals import WrongState

IDENTITY = read(legion()).questionnaire.section("identity")
DOV = {"surname": "Береговий", "given": "Дов", "citizenships": "Nowhere"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("17.04.1991", "1991-04-17"),
        (" 17/4/1991 ", "1991-04-17"),
        ("17 - 04 - 1991", "1991-04-17"),
        ("1991-04-17", "1991-04-17"),
        ("29.02.1992", "1992-02-29"),
        ("04.1991", "1991-04"),
        ("00.04.1991", "1991-04"),
        ("1991", "1991"),
        ("00.00.1991", "1991"),
        ("١٧.٠٤.١٩٩١", "1991-04-17"),
    ],
)
def test_a_date_has_one_form_however_it_is_typed(typed: str, kept: str) -> None:
    assert validate(IDENTITY, {**DOV, "birth_date": typed}).cleaned["birth_date"] == kept


@pytest.mark.parametrize(
    "typed", ["30.02.1991", "29.02.1991", "17.13.1991", "04/17/1991", "32.01.1991", "0000"]
)
def test_a_day_that_no_calendar_has_is_refused_in_words(typed: str) -> None:
    errors = validate(IDENTITY, {**DOV, "birth_date": typed}).errors
    assert str(errors["birth_date"]) == "There is no such day in the calendar."


@pytest.mark.parametrize(
    "typed", ["17.04.91", "17.00.1991", "17 April 1991", "17.04.1991.1", "1991-", "..", "²²²²"]
)
def test_what_is_no_date_is_answered_with_how_to_write_one(typed: str) -> None:
    errors = validate(IDENTITY, {**DOV, "birth_date": typed}).errors
    assert str(errors["birth_date"]).startswith("Write the date as day, month, year")


def test_a_date_that_must_be_given_is_asked_for_again_when_it_is_missing() -> None:
    assert str(validate(IDENTITY, DOV).errors["birth_date"]).startswith("Write an answer.")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_whole_date_is_kept_as_it_is_whichever_way_round(day: date) -> None:
    assert one_form(f"{day.day}.{day.month}.{day:%Y}") == one_form(day.isoformat()) == day.isoformat()


@given(st.text("0123456789./- ٣²", max_size=12))
def test_whatever_is_typed_is_a_date_or_is_refused_and_one_form_stays_one(typed: str) -> None:
    try:
        kept = one_form(typed)
    except WrongState:
        return
    assert one_form(kept) == kept
