# SPDX-License-Identifier: AGPL-3.0-or-later
"""What agreement of names is worth: scripts, languages, parts, errors, and what tells people apart."""

import pytest

from tests.core.screening.compare.people import bits, explained, reasons, somebody
from watchword.core.screening import compare

ONE_PERSON = [
    ("Кравченко Ольга Петрівна", "KRAVCHENKO Olga Petrovna"),
    ("Кравченко Ольга Петрівна", "Кравченко Ольга Петровна"),
    ("Лазаренко Микола Іванович", "Лазаренко Николай Иванович"),
    ("Міхаіл Пятровіч Сарока", "Михаил Петрович Сорока"),
    ("ЗубковДенис Павлович", "Denis Pavlovich ZUBKOV"),
    ("Зубков Денис Павлович", "Dénis Pavlovitch Zoubkov"),
    ("Зубков Д. П.", "Zubkov Denis Pavlovich"),
    ("Зубкова Дарья Павловна", "Darja Pawlowna Subkowa"),
    ("Зубкав Денис Павлович", "Zubkov Denis Pavlovich"),
    ("Лазаренко Коля", "Lazarenko Nikolai"),
]
TWO_PEOPLE = [
    ("Кравченко Ольга Петровна", "Кравченко Ольга Ивановна"),
    ("Кравченко Ольга Петровна", "Кравченко Елена Петровна"),
    ("Кравченко Ольга Петровна", "Лысенко Ольга Петровна"),
    ("Лазаренко Николай Иванович", "Лазаренко Никита Иванович"),
    ("Зубков Денис Павлович", "Зубков Павел Денисович"),
    ("Зубков Денис Павлович", "Абрикосов Вениамин Эдуардович"),
]


@pytest.mark.parametrize(("left", "right"), ONE_PERSON)
def test_one_person_is_recognised_across_scripts_languages_and_errors(left: str, right: str) -> None:
    assert explained(left, right).probability > 0.5


@pytest.mark.parametrize(("left", "right"), TWO_PEOPLE)
def test_relatives_and_near_names_are_told_apart(left: str, right: str) -> None:
    assert explained(left, right).probability < 0.35


def test_a_common_name_says_less_than_a_rare_one() -> None:
    common = bits("Иванов Сергей Иванович", "Ivanov Sergei Ivanovich")
    rare = bits("Абрикосов Вениамин Эдуардович", "Abrikosov Veniamin Eduardovich")
    assert rare > common + 3


def test_a_rare_form_of_a_common_name_is_common() -> None:
    assert bits("Микола", "Николай") == pytest.approx(bits("Николай", "Николай"), abs=0.3)


def test_a_patronymic_agrees_is_absent_or_contradicts() -> None:
    agrees = bits("Зубков Денис Павлович", "Зубков Денис Павлович")
    absent = bits("Зубков Денис Павлович", "Зубков Денис")
    contradicts = bits("Зубков Денис Павлович", "Зубков Денис Юрьевич")
    assert agrees > absent > contradicts + 5
    assert agrees - absent < 7


def test_a_longer_list_needs_more_evidence() -> None:
    model = compare.parameters()
    priors = [model.prior_among(listed) for listed in (0, 1000, 11_000, 10**6, 10**7)]
    assert priors == sorted(priors, reverse=True)
    assert model.prior_among(11_000) == pytest.approx(model.prior)


def test_the_reason_names_the_words_in_their_own_scripts() -> None:
    said = reasons("Зубков Денис Павлович", "ZUBKOVA Daria")
    assert said["surname"].startswith("Surname: Зубков and Zubkova are forms of one name.")
    assert said["given"].startswith("Given name: Денис and Daria")
    assert said["extra"] == "Only one side has this part of the name: Павлович."
    assert said["gender"].startswith("Gender: one is a man's")


def test_two_words_that_stand_as_one_are_said_to() -> None:
    said = explained("Зубков Денис Пав лович", "Zubkov Denis Pavlovich").findings
    joined = [finding for finding in said if finding.left == "Пав Лович" or finding.left == "Лович Пав"]
    assert len(joined) == 1
    assert "as one word and as two" in str(joined[0].reason)


def test_names_alone_never_exclude_anybody() -> None:
    judgement = explained("Зубков Денис", "Abrikosov Veniamin")
    assert judgement.findings[-1].feature == "doubt"
    assert 0.01 < judgement.probability < 0.3


def test_many_names_to_choose_among_count_for_less() -> None:
    alone = bits("Зубков Денис", somebody("Zubkov Denis"))
    chosen = bits("Зубков Денис", somebody("Zubkov Denis", "Pavlenko Boris", "Sokol", "Titov Gleb"))
    assert 0.5 < alone - chosen < 3


def test_a_belarusian_c_is_nearly_a_t() -> None:
    shotsik, other = bits("Шоцік Павел", "Шотик Павел"), bits("Шомік Павел", "Шотик Павел")
    assert shotsik > other + 1


def test_a_rare_surname_is_not_taken_for_a_given_name() -> None:
    assert "forms of one name" in reasons(somebody("Іожиця Дарина"), somebody("Иожица Дарья"))["given"]
