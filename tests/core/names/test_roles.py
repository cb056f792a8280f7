# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which word of a name is what: by its place and its neighbours where the word alone does not say."""

import pytest

from watchword.core.names import Role, lexicon, roles, skeletons

G, P, S, I, A = Role.GIVEN, Role.PATRONYMIC, Role.SURNAME, Role.INITIAL, Role.PARTICLE  # noqa: E741
NAMES = {
    "Иванов Сергей Петрович": (S, G, P),
    "Сергей Петрович Иванов": (G, P, S),
    "Ivanova Olena Petrivna": (S, G, P),
    "Наталля Пятроўна Іванова": (G, P, S),
    "Siarhei Mikalaevich Ivanou": (G, P, S),
    "Иван Петрович": (G, P),
    "Станкевич Иван Петрович": (S, G, P),
    "Иван Петрович Станкевич": (G, P, S),
    "Иван Станкевич": (G, S),
    "Станкевич Иван": (S, G),
    "Янкович Милан": (S, G),
    "Янукович Олег Фёдорович": (S, G, P),
    "Олег Владленович Щипоплюев": (G, P, S),
    "Олег Щипоплюевич Сова": (G, P, S),
    "Пушкин А. С.": (S, I, I),
    "Ю. Х. Гагарин": (I, I, S),
    "Dzh. Kh. Ivanov": (I, I, S),
    "Микола Азаров": (G, S),
    "Саид бин Омар": (G, A, G),
    "Магомед Ахмед оглы Алиев": (G, G, A, S),
    "Hans von Berg": (G, A, S),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_name_has_its_role(name: str) -> None:
    assert roles(skeletons(name), lexicon()) == NAMES[name]


def test_no_name_has_two_patronymics() -> None:
    found = roles(skeletons("Павлович Марко Павлович Павлович"), lexicon())
    assert sum(role == Role.PATRONYMIC for role in found) == 1


def test_words_that_nobody_knows_may_be_either() -> None:
    assert roles(("kuakua", "buabua"), lexicon()) == (G | S, G | S)


def test_nothing_has_no_roles() -> None:
    assert roles((), lexicon()) == ()
