# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spellings of one name meet, names of different people do not, and no word stays behind in the module."""

import gc
import tomllib
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.names import TABLE_VERSION, skeleton, skeletons
from watchword.core.names.spelling import Scheme, schemes

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "names"
SPELLINGS = tomllib.loads((VECTORS / "skeletons.toml").read_text("utf-8"))
APART = tomllib.loads((VECTORS / "apart.toml").read_text("utf-8"))

RUSSIAN_STEMS = (
    "берегов журавл щербин хомяк цапл ежиков яблок юшк чайк жемчужн шиповник зяблик лещ кряжев фёдор гречих "
    "элькин выхухол лесник соловк обухов кузнец мещеряк хрущ звягин ильюш арсен царапк гайдук дзюб"
)
RUSSIAN_ENDINGS = (
    "ов",
    "ова",
    "ин",
    "ина",
    "ский",
    "ская",
    "енко",
    "ович",
    "овна",
    "евич",
    "евна",
    "ук",
    "ец",
    "ян",
)
UKRAINIAN_STEMS = (
    "берегов журавл щербин хом'як чапл їжак яблун ющ гайк жук шипшин зяблик ящірк згурськ єфрем ґудз "
    "пилипч крячк цимбал дзвін"
)
UKRAINIAN_ENDINGS = ("ів", "ова", "ин", "ський", "ська", "енко", "ович", "івна", "чук", "ець", "юк", "яр")
BELARUSIAN_STEMS = "берагав жураўл шчарб яблынск хом янк кавал сяргей глуш багдан ёрш юнак"
BELARUSIAN_ENDINGS = ("оў", "ава", "еў", "ін", "скі", "ская", "енка", "авіч", "аўна", "эвіч", "ук", "ка")
STEMS = {
    "ru": (RUSSIAN_STEMS, RUSSIAN_ENDINGS),
    "uk": (UKRAINIAN_STEMS, UKRAINIAN_ENDINGS),
    "be": (BELARUSIAN_STEMS, BELARUSIAN_ENDINGS),
}


def words(language: str) -> list[str]:
    """Every stem with every ending: invented surnames and patronymics, and what nobody was ever called."""
    stems, endings = STEMS[language]
    return [stem + ending for stem in stems.split() for ending in endings]


def astray(scheme: Scheme) -> list[str]:
    """The words that no longer meet themselves when the scheme has spelt them."""
    return [word for word in words(scheme.language) if skeletons(scheme.spell(word)) != skeletons(word)]


@pytest.mark.parametrize("name", SPELLINGS["name"], ids=lambda name: str(name["skeleton"]))
def test_all_spellings_of_a_name_have_its_skeleton(name: dict[str, str]) -> None:
    found = {spelling: skeletons(spelling) for spelling in name["spellings"]}
    assert [spelling for spelling in found if found[spelling] != (name["skeleton"],)] == []


@pytest.mark.parametrize(("one", "other"), APART["pairs"])
def test_names_of_different_people_stay_apart(one: str, other: str) -> None:
    assert skeletons(one) != skeletons(other)


def test_the_vectors_are_those_of_these_tables() -> None:
    assert SPELLINGS["version"] == APART["version"] == TABLE_VERSION


@pytest.mark.parametrize(
    "scheme",
    ["icao", "passport_2010", "passport_1997", "bgn", "press", "kmu_2010", "bgn_uk", "belarus_icao"],
)
def test_a_word_meets_itself_in_every_scheme_that_loses_nothing(scheme: str) -> None:
    assert astray(schemes()[scheme]) == []


@pytest.mark.parametrize(
    ("scheme", "share"),
    [
        ("belarus_2000", 0.15),
        ("french", 0.15),
        ("german", 0.5),
        ("iso9", 0.1),
        ("passport_soviet", 0.15),
        ("polish", 0.1),
        ("scholarly", 0.15),
        ("scholarly_uk", 0.15),
    ],
)
def test_few_words_go_astray_in_schemes_that_write_two_sounds_alike(scheme: str, share: float) -> None:
    assert len(astray(schemes()[scheme])) <= share * len(words(schemes()[scheme].language))


@settings(max_examples=60)
@given(st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёэыъў", min_size=1, max_size=200))
def test_any_cyrillic_word_has_a_skeleton_of_small_ascii_letters(word: str) -> None:
    found = skeleton(word)
    assert found == "" or (found.isascii() and found.isalpha() and found.islower())


@settings(max_examples=60)
@given(st.text("abcdefghijklmnopqrstuvwxyzčšžłóüêŭâ", min_size=1, max_size=200))
def test_any_latin_word_has_a_skeleton_of_small_ascii_letters(word: str) -> None:
    found = skeleton(word)
    assert found.isascii()
    assert found.isalpha()
    assert found.islower()


def kept_after(numbers: range) -> int:
    """Bytes that the names library holds after it has read so many words, no two the same."""
    for number in numbers:
        skeletons(
            f"Берег{number:b}ов Kuznets{'abcde' * (number % 40)}ov".translate(str.maketrans("01", "ез"))
        )
    gc.collect()
    traces = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, "*/core/names/*")])
    return sum(trace.size for trace in traces.traces)


def test_no_word_stays_behind_in_the_module() -> None:
    tracemalloc.start()
    try:
        before = kept_after(range(300))
        assert kept_after(range(300, 1200)) - before < 2_000
    finally:
        tracemalloc.stop()
