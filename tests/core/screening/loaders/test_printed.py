# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dates, names, numbers and countries as they stand in print."""

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchword.core.screening.loaders import countries, printed_dates
from watchword.core.screening.loaders.documents import document_kind, document_number
from watchword.core.screening.loaders.printed_names import MOST, Variant, as_printed


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1970-02-28", "1970-02-28"),
        ("1970-02", "1970-02"),
        ("1970-00-00", "1970"),
        ("19700228", "1970-02-28"),
        ("1970/2/28", "1970-02-28"),
        ("28.2.1970", "1970-02-28"),
        ("28.2. 1970", "1970-02-28"),
        ("28.02 1970", "1970-02-28"),
        ("12/25/1970", "1970-12-25"),
        ("25/12/1970", "1970-12-25"),
        ("4 Apr. 1944", "1944-04-04"),
        ("2nd of December 1985", "1985-12"),
        ("July 4, 1976", "1976-07-04"),
        ("Sept 1966", "1966-09"),
        ("5 мая 1970 г.", "1970-05-05"),
        ("2 грудня 1985", "1985-12-02"),
        ("7 жніўня 1961", "1961-08-07"),
        ("Approximately 1952", "~1952"),
        ("on or around 9.5.1970", "~1970-05-09"),
        ("~1970", "~1970"),
        ("1970?", "~1970"),
        ("1964, 1965 or 1966", "1964 1965 1966"),
        ("1958/1959", "1958 1959"),
        ("9.5.1970 / 1971", "1970-05-09 1971"),
        ("between 1958 and 1960", "1958 1959 1960"),
        ("1958 to 1960", "1958 1959 1960"),
        ("circa 1962-1963", "~1962 ~1963"),
        ("01 Jan 1961 to 31 Dec 1962", "1961 1962"),
        ("01 Jan 1961 to 31 Jan 1961", "1961-01"),
        ("1340 (Iranian Hijri calendar), 1961 or 1962 (Gregorian calendar)", "1961 1962"),
    ],
)
def test_a_printed_date_is_understood_whole(text: str, dates: str) -> None:
    reading = printed_dates.read(text)
    assert " ".join(map(str, reading.dates)) == dates
    assert reading.rest == "" or text.startswith("2nd of")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("before 1960", ""),
        ("after 9.5.1970", ""),
        ("Approximately (35-40 years old)", ""),
        ("1940 to 1975", ""),
        ("1975 to 1940", ""),
        ("31.2.1970", "1970"),
        ("middle of the 1940s (probably 1947)", "~1947"),
        ("10.11.1963; Minsk", "1963-11-10"),
        ("12.5.70", ""),
        ("9999", ""),
    ],
)
def test_what_is_not_a_date_of_birth_is_reported(text: str, dates: str) -> None:
    reading = printed_dates.read(text)
    assert " ".join(map(str, reading.dates)) == dates
    assert reading.rest


def test_the_order_of_numbers_is_taken_from_the_mapping() -> None:
    assert str(printed_dates.read("05/06/1970", "mdy").dates[0]) == "1970-05-06"
    assert str(printed_dates.read("05/06/1970", "dmy").dates[0]) == "1970-06-05"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_dates(text: str) -> None:
    assert all(1800 <= date.year <= 2100 for date in printed_dates.read(text).dates)


@given(st.dates())
def test_every_date_in_iso_form_is_read_back(date: object) -> None:
    text = str(date)
    expected = (text,) if 1800 <= int(text[:4]) <= 2100 else ()
    assert tuple(map(str, printed_dates.read(text).dates)) == expected


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Foma VYDUMKIN", ["Foma VYDUMKIN"]),
        ("Foma (Khoma) Ilyich VYDUMKIN", ["Foma Ilyich VYDUMKIN", "Khoma Ilyich VYDUMKIN"]),
        ("Foma (a.k.a. Khoma, Fomka) VYDUMKIN", ["Foma VYDUMKIN", "Khoma VYDUMKIN", "Fomka VYDUMKIN"]),
        ("Фома ВЫДУМКИН, ВЫДУМКА", ["Фома ВЫДУМКИН", "Фома ВЫДУМКА"]),
        ("Foma VYDUMKIN (Khoma SKAZKIN)", ["Foma VYDUMKIN", "Khoma SKAZKIN"]),
        ("Foma VYDUMKIN, born 1 Jan. 1953 (passport 123)", ["Foma VYDUMKIN"]),
        ("Ayna, Eyna or Aina", ["Ayna", "Eyna", "Aina"]),
        ("()", []),
    ],
)
def test_other_spellings_are_found_where_they_are_printed(text: str, spellings: list[str]) -> None:
    assert [spelling for _, spelling in as_printed(text)] == spellings


def test_a_name_before_marriage_is_a_former_one() -> None:
    assert as_printed("Alyona SKAZKINA (née VYDUMKINA)")[1] == (Variant.FORMER, "Alyona VYDUMKINA")


@given(st.text(alphabet="АБab(),; -1", max_size=80))
def test_no_print_makes_more_spellings_than_a_person_has(text: str) -> None:
    assert len(as_printed(text)) <= MOST


@pytest.mark.parametrize(
    ("text", "number", "issuer"),
    [
        ("MP0000001 (Belarus)", "MP0000001", "Belarus"),
        ("0000001A000PB0; Passport: MP0000001.", "0000001A000PB0", ""),
        ("Libya number AA000001, issued on 19 May 2021", "AA000001", ""),
        ("78.000.001 (Spain)", "78.000.001", "Spain"),
        ("not known", "", ""),
    ],
)
def test_a_number_is_found_in_the_words_around_it(text: str, number: str, issuer: str) -> None:
    assert document_number(text) == (number, issuer)


def test_documents_are_told_apart_by_their_words() -> None:
    words = ("Diplomatic Passport", "Tax ID No.", "National ID No.", "Pilot licence")
    assert [document_kind(word) for word in words] == ["passport", "tax", "national", "other"]


@pytest.mark.parametrize(
    "text",
    ["Belarus", "BY", "blr", "Belarusian", "Беларусь", "білорусь", "the Republic of Belarus", "Belarus."],
)
def test_a_country_has_many_names(text: str) -> None:
    assert countries.code(text) == "by"


def test_a_country_that_the_source_does_not_know_is_not_one_that_we_do_not_know() -> None:
    assert countries.code("UNKNOWN") == ""
    assert countries.code("Atlantis") is None
    assert countries.code("Korea, North") == countries.code("North Korea") == "kp"


def test_no_name_stands_for_two_countries() -> None:

    text = (
        resources.files("watchword.core.screening.loaders")
        .joinpath("countries.toml")
        .read_text(encoding="utf-8")
    )
    names = [name.strip() for row in tomllib.loads(text).values() for name in row.split(",")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
