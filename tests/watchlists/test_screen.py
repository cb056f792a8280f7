# SPDX-License-Identifier: AGPL-3.0-or-later
"""Searching the opened lists: in any script, by number, by change, and while they are replaced."""

import threading
from pathlib import Path

import pytest

from tests.watchlists.files import (
    ALYONA,
    EVERYBODY,
    FOMA,
    STENKA,
    add,
    asked,
    found,
    stocked,
    update,
    written,
)
from watchword.core.refusals import WrongState
from watchword.core.screening.record import Person, PersonName
from watchword.watchlists import Report

CROWD = [{"id": f"x{number}", "name": f"Vydumka Nomer{'abcdefghij'[number]}"} for number in range(10)]


@pytest.mark.parametrize(
    "name", ["Foma Vydumkin", "ВЫДУМКИН Фома", "Vydumkin, Foma Gordeyevich", "Фома Видумкін"]
)
def test_a_person_is_found_in_any_script_and_order(tmp_path: Path, name: str) -> None:
    assert found(stocked(tmp_path), name) == ["foma"]


def test_somebody_else_is_not_found(tmp_path: Path) -> None:
    assert found(stocked(tmp_path), "Петро Інакший") == []


def test_a_person_with_several_names_is_one_hit(tmp_path: Path) -> None:
    person = Person("asked", (PersonName("Foma Vydumkin"), PersonName("Фома Гордеевич Выдумкин")))
    assert [hit.person.key for hit in stocked(tmp_path).open().search(person, at_least=0.2)] == ["foma"]


@pytest.mark.parametrize(
    ("key", "person"),
    [
        ("alyona", asked("Wholly Different", document="MP 0000001")),
        ("stenka", asked("Wholly Different", contact="8 029 000-00-01")),
    ],
)
def test_a_changed_name_does_not_hide_a_passport_or_a_telephone(
    tmp_path: Path, key: str, person: Person
) -> None:
    assert key in [hit.person.key for hit in stocked(tmp_path).open().search(person)]


def test_among_many_namesakes_the_one_born_on_that_day_is_found(tmp_path: Path) -> None:
    """More people bear the name than a search by name proposes."""
    namesakes = [
        {"id": f"{year}", "name": "Иван Выдумкин", "birth_date": f"{year}-05-06"}
        for year in range(1900, 2020)
    ]
    screen = stocked(tmp_path, namesakes).open()
    for year in (1901, 1960, 2018):
        assert screen.search(asked("Ivan Vydumkin", f"{year}-05-06"))[0].person.key == f"{year}"


def test_a_surname_changed_by_marriage_does_not_hide_a_birthday(tmp_path: Path) -> None:
    alyona = {"id": "alyona", "name": "Алёна Фоминична Выдумкина", "birth_date": "1961-02-03"}
    screen = stocked(tmp_path, [*EVERYBODY, alyona]).open()
    keys = [hit.person.key for hit in screen.search(asked("Сказкина Алёна Фоминична", "1961-02-03"))]
    assert keys[0] == "alyona"


def test_a_birthday_alone_proposes_nobody(tmp_path: Path) -> None:
    assert stocked(tmp_path).open().search(asked("Никто Никтов", "1948-12-10")) == []


def test_a_hit_says_where_it_stands_and_why(tmp_path: Path) -> None:
    hit = stocked(tmp_path).open().search(asked("Foma Vydumkin", "1948-12-10"))[0]
    assert (hit.list_id, hit.version, hit.person.key) == ("examples", 1, "foma")
    assert hit.judgement.probability > 0.99
    assert {finding.feature for finding in hit.judgement.findings} >= {"birth"}


def test_the_digest_of_a_record_changes_when_it_does(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    before = shelf.open().search(asked("Foma Vydumkin"))[0].digest
    update(shelf, tmp_path / "one.csv")
    assert shelf.open().search(asked("Foma Vydumkin"))[0].digest == before
    update(shelf, written(tmp_path / "two.csv", ({**FOMA, "countries": "by"}, ALYONA, STENKA)))
    assert shelf.open().search(asked("Foma Vydumkin"))[0].digest != before


def test_many_are_found_as_one_by_one(tmp_path: Path) -> None:
    screen = stocked(tmp_path).open()
    people = [asked("Foma Vydumkin"), asked("Никто Никтов"), asked("Алёна Сказкина", "1961")]
    reports: list[Report] = []
    together = screen.search_many(people, progress=reports.append)
    assert together == [screen.search(person) for person in people]
    assert reports[-1].done == reports[-1].total == 3


def test_a_great_many_people_against_a_short_list_are_found_as_one_by_one(tmp_path: Path) -> None:
    """Then the people are asked for the names of the list, and not the list for theirs."""
    screen = stocked(tmp_path).open()
    known = [
        asked("Foma Vydumkin"),
        asked("Алёна Сказкина", "1961"),
        asked("Кто-то", contact="+375290000001"),
    ]
    strangers = [asked(f"Strannik {'abcdefghij'[n % 10]}ov{'klmnop'[n % 6]}ich") for n in range(60)]
    people = [*strangers, *known, *strangers]
    together = screen.search_many(people, at_least=0.2)
    assert together == [screen.search(person, at_least=0.2) for person in people]
    assert [hits[0].person.key for hits in together if hits] == ["foma", "alyona"]


def test_the_best_come_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    shelf = stocked(
        tmp_path, [*EVERYBODY, {"id": "twin", "name": "Foma Vydumkin", "birth_date": "1980-01-01"}]
    )
    hits = shelf.open().search(asked("Foma Vydumkin", "1948-12-10"))
    assert [hit.person.key for hit in hits] == ["foma", "twin"]
    assert hits[0].judgement.probability > hits[1].judgement.probability
    assert len(shelf.open().search(asked("Foma Vydumkin"), limit=1)) == 1


def test_one_person_on_two_lists_is_found_on_both(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    add(shelf, written(tmp_path / "two.csv", [FOMA]), "wanted")
    hits = shelf.open().search(asked("Foma Vydumkin", "1948-12-10"), at_least=0.5)
    assert sorted(hit.list_id for hit in hits) == ["examples", "wanted"]


def test_a_name_alone_says_less_on_a_longer_list(tmp_path: Path) -> None:
    screen = stocked(tmp_path).open()
    assert screen.prior(10_000_000) < screen.prior(100_000) < screen.prior(10_000) == screen.prior(3)


def test_only_what_changed_is_searched_when_only_that_is_asked(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    changed = {**ALYONA, "aliases": "Elena Skazkina"}
    update(shelf, written(tmp_path / "two.csv", (FOMA, changed, STENKA)))
    screen = shelf.open(changed_since={"examples": 1})
    assert [hit.person.key for hit in screen.search(asked("Elena Skazkina"), at_least=0.2)] == ["alyona"]
    assert screen.search(asked("Foma Vydumkin")) == []
    assert screen.search(asked("Stranger", contact="+375290000001")) == []
    assert shelf.open(changed_since={"examples": "2"}).lists == ()


def test_a_list_that_somebody_was_never_compared_with_is_searched_whole(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    add(shelf, written(tmp_path / "two.csv", [FOMA]), "wanted")
    hits = shelf.open(changed_since={"examples": 1}).search(asked("Foma Vydumkin"), at_least=0.2)
    assert [hit.list_id for hit in hits] == ["wanted"]


def test_a_prior_takes_the_place_of_the_list_s_own(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    sure, unsure = (shelf.open(prior=prior).search(asked("Foma Vydumkin"))[0] for prior in (0.5, 1e-9))
    assert sure.judgement.probability > unsure.judgement.probability
    with pytest.raises(WrongState, match="prior"):
        shelf.open(prior=2).search(asked("Foma Vydumkin"))


def test_whoever_opened_a_version_keeps_it_through_later_ones(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    opened = shelf.open()
    for number in range(3):
        update(shelf, written(tmp_path / "two.csv", (*CROWD[: number + 1], ALYONA, STENKA)))
    assert not (shelf.directory / "examples" / "0001").exists()
    assert [hit.person.key for hit in opened.search(asked("Foma Vydumkin"), at_least=0.2)] == ["foma"]
    assert found(shelf, "Foma Vydumkin") == []


def test_readers_find_their_people_while_versions_are_swapped(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    done, answers = threading.Event(), []

    def ask() -> None:
        while not done.is_set():
            answers.append(found(shelf, "Foma Vydumkin"))

    reader = threading.Thread(target=ask)
    reader.start()
    try:
        for number in range(5):
            update(shelf, written(tmp_path / "two.csv", (*CROWD[: number + 1], *EVERYBODY)))
    finally:
        done.set()
        reader.join()
    assert answers
    assert {tuple(keys) for keys in answers} == {("foma",)}
