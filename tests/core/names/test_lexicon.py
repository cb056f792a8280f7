# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the lexicon knows of a name, what it says of one that it does not know, and files that it refuses."""

import json
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.lexicon_file import Row, contents
from watchword.core.names import Gender, Lexicon, lexicon, skeleton, skeletons
from watchword.core.names.lexicon import MAGIC, UNKNOWN, Totals
from watchword.core.names.tables import table
from watchword.core.refusals import WrongState

GENDERS = ("male", "female")
TOTALS = Totals(given=10, patronymic=20, surname=30)
ROWS = {
    "mikala": Row(given=3, gender=1, groups={"Николай"}),
    "nikalai": Row(given=7, gender=1, groups={"Николай"}),
    "berehav": Row(surname=12, gender=16),
    "berehava": Row(surname=12, gender=32),
    "birehav": Row(surname=12, base="berehav"),
    "nikalaaviq": Row(patronymic=20, gender=4, fathers={"Николай", "Никола"}),
}


def small() -> Lexicon:
    return Lexicon(contents(ROWS, TOTALS, {"invented": "1"}))


def groups(*words: str) -> list[set[int]]:
    return [set(lexicon().look_up(skeleton(word)).groups) for word in words]


def same_name(*words: str) -> bool:
    return bool(set.intersection(*groups(*words)))


@pytest.mark.parametrize(
    "forms",
    [
        ("николай", "микола", "мікалай", "коля", "nicholas", "mykola"),
        ("александр", "олександр", "саша", "сашко", "аляксандр", "alexander"),
        ("елена", "олена", "лена", "алена", "helen"),
        ("григорий", "рыгор", "гриша", "gregory"),
        ("владимир", "володимир", "уладзімір", "вова", "volodymyr"),
        ("дмитрий", "дмитро", "дима", "зміцер", "dzmitry"),
        ("евгений", "євген", "яўген", "женя", "eugen"),
        ("наталья", "наталия", "наталка", "наташа", "natalie"),
        ("екатерина", "катерина", "кацярына", "катя", "catherine"),
        ("хусейн", "hussein", "husayn", "гусейн"),
    ],
    ids=lambda forms: str(forms[0]),
)
def test_forms_of_one_given_name_share_a_group(forms: tuple[str, ...]) -> None:
    assert same_name(*forms)


@pytest.mark.parametrize(
    ("one", "other"),
    [("иван", "николай"), ("юрий", "георгий"), ("мария", "марина"), ("олег", "ольга"), ("михаил", "максим")],
)
def test_different_given_names_share_none(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_short_form_of_two_names_is_in_both_groups() -> None:
    assert same_name("саша", "александр")
    assert same_name("саша", "александра")
    assert not same_name("александр", "александра")


@pytest.mark.parametrize(
    ("father", "patronymics"),
    [
        ("петр", ["петрович", "петрівна", "пятровіч", "пятроўна", "Petrovych", "Piatrovich", "Petrovna"]),
        ("николай", ["николаевич", "миколайович", "мікалаевіч", "миколаївна", "Mikalaeuna", "Mykolaivna"]),
        ("григорий", ["григорьевич", "григорович", "рыгоравіч", "Ryhorauna"]),
        ("илья", ["ильич", "ильинична", "ілліч", "іллівна"]),
        ("владимир", ["владимирович", "володимирівна", "уладзіміраўна", "Uladzimiravich"]),
    ],
)
def test_a_patronymic_leads_to_the_fathers_name(father: str, patronymics: list[str]) -> None:
    (expected,) = groups(father)
    fathers = {word: set(lexicon().look_up(skeletons(word)[0]).patronymic_of) for word in patronymics}
    assert [word for word, found in fathers.items() if not found & expected] == []


@pytest.mark.parametrize(
    "forms",
    [
        ("Береговой", "Береговая", "Beregovoi", "Beregovaia"),
        ("Иванов", "Иванова", "Ivanov", "Ivanova", "Іванова"),
        (
            "Вишневский",
            "Вишневская",
            "Вишневська",
            "Vishnevskaya",
            "Wiszniewski",
            "Vyshnevskyi",
            "Вішнеўская",
        ),
        ("Пушкин", "Пушкина", "Pouchkine"),
        ("Белый", "Белая", "Belyi", "Belaia"),
        ("Шевченко", "Шаўчэнка", "Shevchenko"),
    ],
    ids=lambda forms: str(forms[0]),
)
def test_the_forms_of_a_surname_share_a_base(forms: tuple[str, ...]) -> None:
    assert len({lexicon().look_up(skeletons(form)[0]).surname_base for form in forms}) == 1


def test_a_surname_like_an_adjective_is_not_the_one_that_it_begins_with() -> None:
    bases = [lexicon().look_up(skeletons(form)[0]).surname_base for form in ("Береговой", "Берегов")]
    assert bases[0] != bases[1]


def test_a_ukrainian_surname_takes_the_base_of_the_russian_one_that_it_translates() -> None:
    bases = {
        lexicon().look_up(skeletons(form)[0]).surname_base for form in ("Білоусов", "Белоусов", "Белоусова")
    }
    assert len(bases) == 1


def test_a_common_surname_is_borne_by_many_and_an_invented_one_by_nobody() -> None:
    common, invented = lexicon().look_up("ivanav"), lexicon().look_up(skeleton("щипоплюев"))
    assert common.surname > 1000
    assert invented.surname == 0
    assert invented.gender == Gender(0)


def test_an_unknown_patronymic_is_told_by_its_ending() -> None:
    entry = small().look_up("mikalavna")
    assert entry.patronymic == 0
    assert entry.patronymic_of == small().look_up("mikala").groups != ()


def test_an_unknown_feminine_surname_is_counted_with_its_family() -> None:
    lexicon = Lexicon(contents({"berehav": Row(surname=12)}, TOTALS, {}))
    assert lexicon.look_up("berehava").surname == 12


def test_what_was_written_is_read() -> None:
    lexicon = small()
    assert lexicon.totals == TOTALS
    assert lexicon.sources == {"invented": "1"}
    assert [lexicon.skeleton(lexicon.row(name)) for name in ROWS] == list(ROWS)
    assert lexicon.look_up("birehav").surname_base == "berehav"
    assert [lexicon.group(group) for group in lexicon.look_up("nikalaaviq").patronymic_of] == [
        "Никола",
        "Николай",
    ]


@settings(max_examples=100)
@given(st.text("abeikmnq", max_size=8))
def test_a_skeleton_is_found_exactly_if_it_was_written(word: str) -> None:
    assert (small().row(word) != UNKNOWN) == (word in ROWS)


def test_the_file_is_the_same_whatever_the_order_of_its_rows() -> None:
    files = {contents(dict(order), TOTALS, {}) for order in list(permutations(ROWS.items()))[::97]}
    assert len(files) == 1


def test_a_lexicon_for_other_tables_is_refused_in_a_sentence() -> None:
    file = contents(ROWS, TOTALS, {})
    head = file[len(MAGIC) : file.index(b"\n", len(MAGIC))]
    other = json.loads(head) | {"table_version": 0}
    with pytest.raises(WrongState, match="version 0, not"):
        Lexicon(file.replace(head, json.dumps(other).encode("ascii")))


@pytest.mark.parametrize(
    "damage",
    [lambda file: b"", lambda file: file[:100], lambda file: b"x" + file, lambda file: file[:-200]],
    ids=["empty", "cut in its head", "shifted", "cut at its end"],
)
def test_a_damaged_lexicon_is_refused_in_a_sentence(damage: object) -> None:
    assert callable(damage)
    with pytest.raises(WrongState, match="damaged"):
        Lexicon(damage(contents(ROWS, TOTALS, {})))


def test_no_mans_full_name_is_a_form_of_a_womans() -> None:
    male, female = (set.union(*groups(*map(str.lower, table("given")[gender]))) for gender in GENDERS)
    assert male & female == set()
