# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of call signs give nothing away, no two are taken for each other, and a taken one is not free."""

from itertools import combinations

import pytest

from watchword.core.names import lexicon, skeleton
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.protection.marks import is_taken, with_taken
from watchword.protection.meaning import gives_away, words_of
from watchword.protection.wordlist import every_call_sign, stops

KEY = bytes(32)
KETTLE = Text("Basalt Kettle", "Базальт Чайник", "Базальт Чайник")


def sign(words: str) -> Text:
    return Text(words, "Гарбуз Драбина", "Тыква Лестница")


def test_no_call_sign_of_the_list_gives_anything_away() -> None:
    assert len(every_call_sign()) >= 2000
    # Each word by itself: together they say no more, and there are thousands.
    words = {word for one in every_call_sign() for code in LANGUAGES for word in words_of(one, code)}
    assert {word for word in words if gives_away(sign(word), stops(), lexicon())} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_the_list_are_one_letter_apart_or_sound_alike(language: str) -> None:
    words = sorted({word for sign in every_call_sign() for word in words_of(sign, language)})
    for one, other in combinations(words, 2):
        assert not _without_a_letter(one) & _without_a_letter(other), (one, other)
        assert skeleton(one) != skeleton(other), (one, other)


def _without_a_letter(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@pytest.mark.parametrize(
    "given_away",
    [
        "Wolf Kettle",
        "Ізюм Чайник",
        "Basalt Captain",
        "Тюльпан Чайник",
        "Zinc Lamp",
        "Marko Kettle",
        "Dmytro Lamp",
    ],
)
def test_an_animal_a_place_a_rank_a_weapon_and_a_name_are_stopped(given_away: str) -> None:
    assert gives_away(sign(given_away), stops(), lexicon()) is not None


@pytest.mark.parametrize(
    "near",
    ["Basalt Kettle", "basalt kettle", "Basalt Kettles", "Bazalt Kettle", "Basalt Ketle", "Basolt Kettle"],
)
def test_what_is_nearly_the_same_as_a_taken_one_is_taken_too(near: str) -> None:
    pool = with_taken(b"", [KETTLE], KEY)
    assert is_taken(sign(near), KEY, pool)
    assert not is_taken(sign("Basalt Ladder"), KEY, pool)


def test_whoever_steals_the_pool_without_its_key_finds_no_call_sign_in_it_and_no_order() -> None:
    some = every_call_sign()[:40]
    pool = with_taken(b"", some, KEY)
    assert not any(is_taken(one, b"\x01" * 32, pool) for one in some)
    assert with_taken(b"", reversed(some), KEY) == pool
