# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mark of the roots, and the words in which it is read aloud."""

from itertools import combinations

import pytest

from watchword.core.procedure.text import LANGUAGES
from watchword.trust.fingerprint import Fingerprint, of_roots
from watchword.trust.manifest import Root
from watchword.trust.words import words

KEYS = [str(Root(f"root-{number}", bytes([number]) * 32).key) for number in (1, 2, 3)]
MARK = of_roots(KEYS, 2)


def test_other_roots_or_another_quorum_have_another_mark() -> None:
    others = [of_roots(KEYS[:2], 2), of_roots(KEYS, 1), of_roots([*KEYS[:2], KEYS[2] + "A"], 2)]
    assert MARK not in others
    assert len(set(others)) == 3


def test_the_mark_does_not_depend_on_the_order_of_the_keys() -> None:
    assert of_roots(reversed(KEYS), 2) == MARK


def test_the_mark_is_as_the_specification_says() -> None:
    """The vector of docs/spec/cards.md."""
    assert str(MARK) == "03022 86150 54374 82751 93426 29047 77466 94507"
    assert " ".join(MARK.rows("en")[0]) == "toy heart coconut tram"


def test_digits_and_words_say_the_same_number() -> None:
    assert int("".join(MARK.digits)) == int.from_bytes(MARK.raw)
    assert len(MARK.digits) == 8
    assert [len(row) for row in MARK.rows("ru")] == [4, 4, 4, 4]
    assert Fingerprint(bytes(16)).digits == ("00000",) * 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_can_be_taken_for_each_other(language: str) -> None:
    every = words(bytes(range(256)), language)
    near = [
        (one, other)
        for one, other in combinations(every, 2)
        if abs(len(one) - len(other)) < 2 and one_letter_apart(one, other)
    ]
    assert near == []
    assert all(word.isalpha() and word == word.lower() for word in every)


def one_letter_apart(one: str, other: str) -> bool:
    """The same, or the same but for one letter changed, added or left out."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) < 2
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
