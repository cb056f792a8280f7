# SPDX-License-Identifier: AGPL-3.0-or-later
"""What birth dates, places, documents and contacts add to a name, and what they take away."""

import pytest

from tests.core.screening.compare.people import bits, explained, reasons, somebody
from watchword.core.screening.record import Document, Person, PersonName

NAME, LATIN = "Зубков Денис Павлович", "ZUBKOV Denis Pavlovich"


def with_birth(left: str, right: str) -> float:
    return bits(somebody(NAME, birth=left), somebody(LATIN, birth=right))


@pytest.mark.parametrize(
    ("right", "level"),
    [
        ("1971-02-05", "the same day"),
        ("1971-05-02", "day and month are swapped"),
        ("1971-02-06", "the day may be miswritten"),
        ("1971-02-15", "the day may be miswritten"),
        ("1971-04-05", "the day may be miswritten"),
        ("1979-02-05", "the year may be miswritten"),
        ("1971", "the same year as far as it is known"),
        ("1971-02", "the same month as far as it is known"),
        ("~1973", "about the same year"),
        ("1971-11-23", "the same year, but another day"),
        ("1988-02-05", "the same day of the year, but another year"),
        ("1988-11-23", "another one"),
        ("1980", "another one"),
    ],
)
def test_each_way_in_which_two_dates_can_differ_is_said(right: str, level: str) -> None:
    said = reasons(somebody(NAME, birth="1971-02-05"), somebody(LATIN, birth=right))
    assert said["birth"].startswith(f"Birth date: {level}")


def test_a_slip_across_a_ten_is_a_slip() -> None:
    said = reasons(somebody(NAME, birth="1969-12-30"), somebody(LATIN, birth="1970-12-30"))["birth"]
    assert "the year may be miswritten" in said


def test_a_miswritten_year_costs_less_than_a_miswritten_day_which_namesakes_have_too() -> None:
    year, day = with_birth("1971-02-05", "1974-02-05"), with_birth("1971-02-05", "1971-02-08")
    assert bits(NAME, LATIN) >= year > day


def test_a_date_speaks_both_ways() -> None:
    silent = bits(NAME, LATIN)
    assert with_birth("1971-02-05", "1971-02-05") > silent + 5
    assert silent > with_birth("1971-02-05", "1971-02-06") > with_birth("1971-02-05", "1971-11-23")
    assert with_birth("1971-02-05", "1971-11-23") < silent - 5


def test_a_namesake_of_the_same_year_is_another_person() -> None:
    namesake = explained(somebody(NAME, birth="1971-02-05"), somebody(LATIN, birth="1971-11-23"))
    assert namesake.probability < 0.2


def test_the_same_birthday_makes_no_person_of_two_names() -> None:
    stranger = explained(
        somebody(NAME, birth="1971-02-05"), somebody("Abrikosov Veniamin Eduardovich", birth="1971-02-05")
    )
    assert stranger.probability < 0.2


def test_a_shared_passport_outweighs_a_changed_surname() -> None:
    passport = (Document("passport", "4509 123456"),)
    married = somebody("Абрикосова Дарья", documents=passport)
    papers = (
        Document("other", "?"),
        Document("tax", "770012345678"),
        Document("national", "4509-123456", "ru"),
    )
    judgement = explained(married, somebody("Zubkova Daria", documents=papers))
    assert judgement.probability > 0.9
    (found,) = (finding for finding in judgement.findings if finding.feature == "document")
    assert (found.left, found.right) == ("4509 123456", "4509-123456")


def test_a_telephone_number_is_the_same_however_it_is_dialled() -> None:
    left, right = somebody(NAME, contacts=("+7 (921) 555-01-02",)), somebody(LATIN, contacts=("89215550102",))
    assert reasons(left, right)["contact"] == "Contact: one in common, +7 (921) 555-01-02."


def test_places_meet_by_a_word_that_tells_places_apart() -> None:
    left = somebody(NAME, places=("г. Пермь, СССР",))
    assert "in common" in reasons(left, somebody(LATIN, places=("Perm, USSR",)))["place"]
    assert "are different" in reasons(left, somebody(LATIN, places=("Omsk, USSR",)))["place"]


def test_the_better_of_two_dates_counts() -> None:
    left = somebody(NAME, birth="1971-02-05")
    right = somebody(LATIN, birth="1960-01-01")
    both = somebody(LATIN)
    both = type(both)("", both.names, births=(*right.births, *left.births))
    assert bits(left, both) == pytest.approx(with_birth("1971-02-05", "1971-02-05"))


@pytest.mark.parametrize("number", ["", "-", "n/a", "1"])
def test_what_stands_for_no_number_is_no_number(number: str) -> None:
    left, right = (somebody(name, documents=(Document("other", number),)) for name in (NAME, LATIN))
    assert bits(left, right) == bits(NAME, LATIN)


def test_a_source_that_has_no_column_for_the_patronymic_is_understood() -> None:
    listed = Person("", (PersonName("ZUBKOV Denis Pavlovich", surname="ZUBKOV", given="Denis Pavlovich"),))
    assert bits(NAME, listed) == bits(NAME, LATIN)


def test_a_source_that_says_which_word_is_the_surname_is_believed() -> None:
    listed = Person("", (PersonName("Pavel Denis", surname="Pavel", given="Denis"),))
    assert "surname" in reasons(Person("", (PersonName("Павел Денис", surname="Павел"),)), listed)
