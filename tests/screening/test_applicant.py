# SPDX-License-Identifier: AGPL-3.0-or-later
"""An applicant's answers become a record: nothing invented, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import IDENTITY
from watchword.core.refusals import WrongState
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import NameKind
from watchword.screening.applicant import person_of


def test_the_parts_make_one_name_and_the_others_stand_beside_it() -> None:
    person = person_of({**IDENTITY, "other_names": "Берег Дов\n\n Dov Bereg "})
    assert [(name.text, name.kind) for name in person.names] == [
        ("Береговий Дов Ілліч", NameKind.PRIMARY),
        ("Berehovyi Dov", NameKind.ALIAS),
        ("Берег Дов", NameKind.FORMER),
        ("Dov Bereg", NameKind.FORMER),
    ]
    assert (person.names[0].surname, person.names[0].patronymic) == ("Береговий", "Ілліч")
    assert person.births == (PartialDate(1991, 4, 17),)


def test_what_was_left_empty_is_not_known() -> None:
    person = person_of({"surname": "Береговий", "given": "Дов", "birth_date": ""})
    assert person.names[0].text == "Береговий Дов"
    assert (person.births, person.places, person.documents, person.countries) == ((), (), (), ())


@pytest.mark.parametrize("day", ["1991-02-31", "99999999999999999999", "9" * 5000, "1991-4-" + "9" * 400])
def test_a_date_that_is_none_is_compared_as_unknown(day: str) -> None:
    """Whoever has our public key can seal any text for a date."""
    assert person_of({"surname": "Береговий", "birth_date": day}).births == ()


def test_a_crowd_of_names_is_nobodys() -> None:
    crowd = "\n".join(f"Берег {'а' * length}" for length in range(1, 200))
    with pytest.raises(WrongState, match="nobody has as many"):
        person_of({**IDENTITY, "other_names": crowd})


def test_a_country_gets_the_code_that_lists_use() -> None:
    person = person_of({"surname": "Береговий", "citizenships": "Україна; беларусь, Країна Мрій"})
    assert person.countries == ("ua", "by", "Країна Мрій")


def test_answers_without_a_name_are_nobody() -> None:
    with pytest.raises(WrongState, match="nobody"):
        person_of({"surname": " ", "birth_date": "1991"})


@given(st.dictionaries(st.sampled_from([*IDENTITY, "other_names", "passport"]), st.text(max_size=40)))
def test_whatever_was_typed_is_a_record_or_a_sentence(answers: dict[str, str]) -> None:
    try:
        person = person_of(answers)
    except WrongState:
        return
    assert all(name.text.strip() for name in person.names)
