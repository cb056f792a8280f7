# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name as anybody typed it becomes words; what hides in it is found, and nothing stops the reader."""

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.names import skeletons, split
from watchword.core.names.normalize import LONGEST_TEXT

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "names"
FORMS = tomllib.loads((VECTORS / "normal_forms.toml").read_text("utf-8"))["name"]
HOSTILE = {
    "a word of 100 kB": "я" * 100_000,
    "nothing but marks": "\u0301\u0316" * 50_000,
    "letters under a tower of marks": "И" + "\u0316\u0301" * 5_000 + "ван",
    "lone surrogates": "Иван\ud800\udfff Петров",
    "right-to-left overrides": "\u202eвонаИ\u202c " * 100,
    "a NUL": "Иван\x00Петров",
    "only what is invisible": "\u200b\u200d\ufeff\u00ad",
    "nothing": "",
    "one character that becomes eighteen": "\ufdfa" * 2_000,
    "scripts without a table": "習近平 בנימין محمد Αλέξης",
    "digits": "007 ١٢٣",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form["why"]))
def test_a_typed_name_becomes_these_words(form: dict[str, Any]) -> None:
    assert split(form["typed"]) == form["words"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_becomes_few_short_words(text: str) -> None:
    words = split(text)
    assert sum(map(len, words)) <= LONGEST_TEXT * 18
    assert all(word.isalpha() and word == word.lower() for word in words)
    assert all(len(found) <= 130 and found.isascii() and found.isalpha() for found in skeletons(text))


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_text_at_all_becomes_words_in_normal_form_and_those_stay_as_they_are(text: str) -> None:
    for word in split(text):
        assert word
        assert not any(unicodedata.category(character)[0] in "CZP" for character in word)
        assert split(word) in ([word], split(" ".join(split(word))))


@settings(max_examples=100)
@given(st.text("АБВІМиклаёйЁґ ,.-", max_size=30))
def test_the_short_way_of_a_simple_name_leads_to_the_same_words_as_the_long_one(text: str) -> None:
    assert split(text) == split("\u200b" + text)


@settings(max_examples=60)
@given(st.sampled_from(["Береговий Дов Ілліч", "Sova Kateryna", "Шевцов-Сизый Марк"]), st.data())
def test_invisible_characters_anywhere_change_nothing(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    hidden = data.draw(st.sampled_from("\u200b\u200e\u202e\u2066\u00ad\u034f\ufe0f"))
    assert split(name[:at] + hidden + name[at:]) == split(name)


DOUBLES = str.maketrans("АВЕІКМНОРСТХаеіорсух", "ABEIKMHOPCTXaeiopcyx")


@settings(max_examples=60)
@given(st.sampled_from(["ПЛАТОНІВ", "Журавель", "Береговий", "МИХАЙЛІВ", "Шевцов"]), st.data())
def test_a_cyrillic_word_with_any_of_its_letters_replaced_by_a_double_is_the_same_word(
    word: str, data: st.DataObject
) -> None:
    replaced = "".join(c.translate(DOUBLES) if data.draw(st.booleans()) else c for c in word)
    assert split(replaced) == split(word)
