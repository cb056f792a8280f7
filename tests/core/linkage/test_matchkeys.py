# SPDX-License-Identifier: AGPL-3.0-or-later
"""Match-keys survive what people change when they write again, and never hold one word of a name alone."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core import names
from watchword.core.linkage import Born, Identity, Kind, Likeness, WrittenName, likeness, match_keys
from watchword.core.linkage.words import NameReader

READER = NameReader(names.lexicon())
BORN = Born(1991, 4, 17)


def written(surname: str, given: str, patronymic: str = "", born: Born = BORN) -> Identity:
    return Identity((WrittenName("", surname, given, patronymic),), (born,))


DOV = written("Береговой", "Дмитрий", "Ильич")


def between(one: Identity, other: Identity) -> Likeness:
    left, right = match_keys(one, READER), match_keys(other, READER)
    shared = {kind for kind, _ in left & right}
    unshared = {kind for kind, _ in left} & {kind for kind, _ in right} - shared
    return likeness(shared, unshared)


@pytest.mark.parametrize(
    "somebody_else",
    [
        written("Береговой", "Степан", "Ильич", Born(1958, 4, 17)),
        written("Квасюк", "Дмитрий", "Ильич", Born(1991, 4, 16)),
        written("Квасюк", "Остап", "Тарасович"),
    ],
    ids=["a relative's birthday", "given name and father", "birth date alone"],
)
def test_somebody_else_is_not_taken_for_the_same(somebody_else: Identity) -> None:
    assert between(DOV, somebody_else) is Likeness.NONE


def test_a_common_namesake_with_another_father_is_not_either() -> None:
    one, other = (written("Иванов", "Иван", *rest) for rest in (("Ильич",), ("Олегович", Born(1991, 11, 2))))
    assert between(one, other) is Likeness.NONE


@pytest.mark.parametrize(
    "again",
    [
        written("Berehovyi", "Dmytro", "Illich"),
        written("BEREGOVOY", "DMITRY"),
        written("Dmitriy", "Beregovoy", "Ilyich"),
        Identity((WrittenName("Дмитрий Ильич Береговой"),), (BORN,)),
        written("Береговой", "Дмитрий Ильич"),
        written("Береговой", "Дима", "Ильич"),
        written("Бериговой", "Дмитрий"),
        written("Береговой", "Дмтирий", "Ильич"),
        written("Береговой", "Дмитрий", "Илич"),
        written("Береговой", "Дмитрий", "Ильич", Born(1991, 4, 18)),
        written("Береговой", "Дмитрий", "Ильич", Born(1990, 4, 17)),
    ],
)
def test_the_same_person_is_found_again(again: Identity) -> None:
    assert between(DOV, again) is Likeness.LIKELY


def test_day_and_month_may_change_places() -> None:
    one, other = (written("Береговой", "Дмитрий", born=Born(1991, *day)) for day in ((4, 9), (9, 4)))
    assert match_keys(one, READER) == match_keys(other, READER)


def test_another_surname_leaves_a_possibility_and_the_place_makes_it_likely() -> None:
    before, after = written("Береговая", "Марфа", "Ильинична"), written("Квасюк", "Марфа", "Ильинична")
    assert between(before, after) is Likeness.POSSIBLE
    placed = [replace(one, places=("psk",)) for one in (before, after)]
    assert between(*placed) is Likeness.LIKELY


def test_a_namesake_with_another_birth_date_is_likely_only_where_nothing_else_differs() -> None:
    """Among a million applicants there are namesakes whose fathers, or whose towns, have one name too."""
    one = replace(DOV, places=("psk",))
    other = replace(one, births=(Born(1958, 11, 2),))
    assert between(one, other) is Likeness.LIKELY
    for less in (replace(other, places=("tvr",)), replace(written("Береговой", "Дмитрий"), places=("psk",))):
        assert between(one, replace(less, births=other.births)) is Likeness.POSSIBLE


def test_one_surname_and_birth_date_are_not_enough_and_neither_is_its_end_with_another_place() -> None:
    one = replace(written("Береговой", "Дмитрий"), places=("psk",))
    assert between(one, replace(one, names=written("Береговой", "Остап").names)) is Likeness.POSSIBLE
    again = replace(one, names=written("Кереговой", "Дмитрий").names, places=())
    assert between(one, again) is Likeness.LIKELY
    assert between(one, replace(again, places=("tvr",))) is Likeness.POSSIBLE


def test_one_telephone_for_two_people_is_a_possibility_and_no_more() -> None:
    one, other = (
        replace(who, phones=("501112233",)) for who in (DOV, written("Квасюк", "Остап", "", Born(1970, 1, 5)))
    )
    assert between(one, other) is Likeness.POSSIBLE


word = st.text("абвгдежзиклмнопрстуфхцчшыюя", min_size=2, max_size=9)


@settings(max_examples=60)
@given(surname=word, first=word, other=word)
def test_no_key_holds_one_word_of_a_name_alone(surname: str, first: str, other: str) -> None:
    for alone in (written(surname, ""), written("", first), Identity((WrittenName(surname),))):
        assert not {kind for kind, _ in match_keys(replace(alone, births=()), READER)}
    # Two people who share one word of the name and nothing else share no key.
    born = Born(1950, 1, 2)
    one = match_keys(written(surname, "Олег"), READER)
    assert not one & match_keys(written(surname, "Анна", "Петровна", born), READER)


def test_a_crowd_of_names_does_not_fill_the_table() -> None:
    crowd = tuple(WrittenName(f"{one}ов {other}ий") for one in ("Бан", "Вен", "Гон") for other in "бвгдзклмн")
    assert len(match_keys(Identity(crowd, (BORN,)), READER)) <= 64


def test_a_rare_name_is_a_key_and_a_common_one_is_not() -> None:
    kinds = [{kind for kind, _ in match_keys(one, READER)} for one in (DOV, written("Иванов", "Иван"))]
    assert [Kind.RARE_NAME in found for found in kinds] == [True, False]
