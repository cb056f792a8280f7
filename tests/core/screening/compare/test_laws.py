# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must hold of every comparison: symmetry, order, case, script, scheme, and a contradiction costs."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.screening.compare.people import bits, explained, judged, somebody
from watchword.core import names
from watchword.core.names.spelling import schemes
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import Person

SURNAMES = ("Зубков", "Сорока", "Кравченко", "Абрикосов", "Станкевич", "Лазаренко")
GIVEN = ("Денис", "Микола", "Вениамин", "Сергей", "Юрий", "Никита")
PATRONYMICS = ("Павлович", "Эдуардович", "Іванович", "Львович", "")
OTHER = "Хвощинский"

parts = st.tuples(st.sampled_from(SURNAMES), st.sampled_from(GIVEN), st.sampled_from(PATRONYMICS))
written = st.one_of(parts.map(lambda words: " ".join(filter(None, words))), st.text(max_size=20))
dates = st.none() | st.builds(
    PartialDate, st.integers(1940, 1990), st.integers(1, 12), st.integers(1, 28), circa=st.booleans()
)


@st.composite
def people(draw: st.DrawFn) -> Person:
    birth = draw(dates)
    return replace(
        somebody(draw(written)), births=(birth,) if birth else (), gender=draw(st.sampled_from("mf "))
    )


@settings(max_examples=60, deadline=None)
@given(people(), people())
def test_which_side_is_named_first_does_not_matter(left: Person, right: Person) -> None:
    there, back = judged([(left, right), (right, left)])
    assert there == pytest.approx(back, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(people(), people())
def test_the_batch_and_the_explanation_say_the_same(left: Person, right: Person) -> None:
    judgement = explained(left, right)
    assert judgement.bits == pytest.approx(bits(left, right), abs=1e-4)
    assert sum(finding.bits for finding in judgement.findings) == pytest.approx(judgement.bits, abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(parts, written, st.randoms(use_true_random=False))
def test_order_case_and_composition_do_not_matter(words: tuple[str, ...], right: str, random: object) -> None:
    text = " ".join(filter(None, words))
    turned = " ".join(filter(None, words[::-1]))
    plain, *others = judged(
        [(changed, right) for changed in (text, turned, text.upper(), unicodedata.normalize("NFD", text))]
    )
    assert others == [plain] * 3


@settings(max_examples=60, deadline=None)
@given(parts, st.sampled_from(sorted(schemes())), parts)
def test_the_script_and_the_scheme_do_not_matter(
    words: tuple[str, ...], name: str, right: tuple[str, ...]
) -> None:
    scheme, text, other = schemes()[name], " ".join(filter(None, words)), " ".join(filter(None, right))
    spelt = scheme.spell(text)
    if names.skeletons(spelt) == names.skeletons(text):
        assert bits(spelt, other) == bits(text, other)
    assert bits(spelt, text) > 0


@settings(max_examples=60, deadline=None)
@given(parts, parts, st.sampled_from((0, 1, 2)))
def test_a_word_that_contradicts_never_raises(
    left: tuple[str, ...], right: tuple[str, ...], place: int
) -> None:
    stranger = (OTHER, "Бонифаций", "Аристархович")[place]
    other = tuple(stranger if at == place else word for at, word in enumerate(right))
    agreeing = tuple(left[place] if at == place else word for at, word in enumerate(right))
    name = " ".join(filter(None, left))
    contradicting, agreed = judged([(name, " ".join(filter(None, words))) for words in (other, agreeing)])
    assert contradicting <= agreed + 1e-6


@settings(max_examples=60, deadline=None)
@given(people(), people(), st.integers(1, 11))
def test_a_date_a_gender_or_a_country_that_contradicts_never_raises(
    left: Person, right: Person, months: int
) -> None:
    plain = (replace(left, births=(), gender=""), replace(right, births=(), gender=""))
    dated = (
        replace(plain[0], births=(PartialDate(1971, 2, 5),)),
        replace(plain[1], births=(PartialDate(1950, 2 + months % 10, 17),)),
    )
    countries = (replace(plain[0], countries=("ru",)), replace(plain[1], countries=("fr",)))
    silent, by_date, by_country = judged([plain, dated, countries])
    assert by_date <= silent + 1e-6
    assert by_country <= silent + 1e-6
