# SPDX-License-Identifier: AGPL-3.0-or-later
"""Copies are found whatever costs a copier nothing; strangers, and what hangs on a chain, are kept apart."""

import hmac
import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core.linkage import (
    SLOTS,
    Gathering,
    Sheet,
    Sketch,
    Sketcher,
    agreement,
    decode_sheet,
    encode_sheet,
)
from watchword.core.linkage.groups import LEAST_AGREEING
from watchword.core.linkage.text import MOST_LETTERS, parts_of
from watchword.core.refusals import WrongState

KEY = b"k" * 32
SYLLABLES = ("бе", "ре", "га", "мо", "ли", "ту", "шка", "про", "ви", "нго", "сла", "жень")


def sketcher(key: bytes = KEY) -> Sketcher:
    return Sketcher(lambda message: hmac.digest(key, message, "sha256"))


def sketch(text: str, whole: str | None = None) -> Sketch:
    return sketcher().sketch(text, whole=text if whole is None else whole)


def prose(seed: int, words: int = 80) -> str:
    """Words that nobody wrote; another seed is another writer."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(words))


def reordered(text: str, chance: random.Random) -> str:
    words = text.split()
    pieces = [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
    return ". ".join(chance.sample(pieces, len(pieces)))


DISGUISES: dict[str, Callable[[str], str]] = {
    "spaced out": " ".join,
    "shouted": str.upper,
    "invisible marks": "\u200b\u00ad".join,
    "accents": "\u0301".join,
    "Latin letters that look alike": lambda text: text.translate(str.maketrans("аеорсух", "aeopcyx")),
    "letters in circles": lambda text: text.translate(str.maketrans("аео", "ⓐⓔⓞ")),
    "punctuation": lambda text: text.replace(" ", " !?! "),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_what_costs_a_copier_nothing_changes_nothing(disguise: str) -> None:
    text = prose(1)
    assert agreement(sketch(text), sketch(DISGUISES[disguise](text))) == SLOTS


def test_a_text_that_changes_its_order_is_still_the_same() -> None:
    text, chance = prose(1), random.Random(7)
    assert all(agreement(sketch(text), sketch(reordered(text, chance))) > 80 for _ in range(5))


def test_copies_padded_by_a_third_of_their_length_are_one_group() -> None:
    """Each with chance words of its own, before and after, and its pieces in another order."""
    chance = random.Random(3)
    padded = [f"{prose(100 + n, 13)} {reordered(prose(1), chance)} {prose(200 + n, 13)}" for n in range(40)]
    places = Gathering().place_all((str(n), sketch(text)) for n, text in enumerate(padded))
    assert len({place.first for place in places.values()}) <= 2
    assert sum(place.first == "0" for place in places.values()) >= 36


def test_strangers_are_never_put_together() -> None:
    places = Gathering().place_all((str(n), sketch(prose(n))) for n in range(120))
    assert all(place.first == name for name, place in places.items())


def test_nobody_is_drawn_into_a_group_by_a_chain() -> None:
    """Each text resembles the one before it; the last has nothing of the first."""
    words = prose(1, 400).split()
    chain = [" ".join(words[at : at + 80]) for at in range(0, 320, 16)]
    assert all(agreement(sketch(one), sketch(two)) > LEAST_AGREEING for one, two in pairwise(chain))
    places = Gathering().place_all((str(n), sketch(text)) for n, text in enumerate(chain))
    assert len({place.first for place in places.values()}) > 3
    assert places["19"].first != "0"


def test_few_words_are_alike_only_if_everything_is() -> None:
    """Two honest people write “Грузия; русский”; what they ticked tells them apart."""
    first, same, other = (sketch("Грузия; русский", whole) for whole in ("a, b", "A B", "a, c"))
    assert (agreement(first, same), agreement(first, other)) == (SLOTS, 0)
    assert agreement(sketch("Грузия"), sketch(prose(1))) == 0


def test_no_text_at_all_is_like_no_long_text() -> None:
    assert agreement(sketch(""), sketch(prose(2))) == 0
    assert sketch("…!").short


@given(st.integers(1, 10_000), st.floats(0.02, 1))
@settings(max_examples=25)
def test_what_is_estimated_is_how_much_two_texts_share(seed: int, kept: float) -> None:
    words = prose(seed, 120).split()
    changed = " ".join([*words[: int(len(words) * kept)], prose(seed + 1, int(120 * (1 - kept)))])
    one, two = parts_of(" ".join(words)), parts_of(changed)
    truth = 100 * len(one & two) / len(one | two)
    # Five standard errors of a hundred draws.
    assert abs(agreement(sketch(" ".join(words)), sketch(changed)) - truth) <= 25


def test_a_sketch_says_nothing_without_its_key() -> None:
    """Under another key the same text agrees by chance alone, so nobody can prepare a text that collides."""
    text = prose(1)
    other = sketcher(b"j" * 32).sketch(text, whole=text)
    assert agreement(sketch(text), other) <= 3
    assert other.whole != sketch(text).whole


def test_a_giant_text_is_cut_and_not_waited_for() -> None:
    """What stands beyond the limit does not count, also where the beginning shrinks to little."""
    text = prose(4, 3000)
    assert len(parts_of(text)) <= MOST_LETTERS
    assert agreement(sketch(text), sketch(text + prose(5, 3000))) == SLOTS
    assert parts_of("\u0301" * 10_000_000) == frozenset()


def test_the_first_stays_the_first_whatever_comes_later() -> None:
    gathering = Gathering()
    gathering.add_first("early", sketch(prose(1)))
    late = {f"late{n}": sketch(prose(1) + prose(50 + n, 8)) for n in range(20)}
    assert {place.first for place in gathering.place_all(late.items()).values()} == {"early"}


names = st.binary(min_size=16, max_size=16).map(bytes.hex)
sketches = st.builds(
    Sketch, st.binary(min_size=400, max_size=400), st.binary(min_size=16, max_size=16), st.booleans()
)


@given(st.dictionaries(names, sketches, max_size=4))
@settings(max_examples=20)
def test_a_sheet_comes_back_as_it_was(stored: dict[str, Sketch]) -> None:
    assert decode_sheet(encode_sheet(Sheet(KEY, stored))) == Sheet(KEY, stored)


@pytest.mark.parametrize("data", [b"", b"k" * 31, b"k" * 33, b"k" * 32 + b"\x02" * 433])
def test_what_is_no_sheet_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(WrongState):
        decode_sheet(data)


def test_a_sheet_that_could_not_be_read_back_is_not_written() -> None:
    with pytest.raises(WrongState):
        encode_sheet(Sheet(b"short"))
    with pytest.raises(WrongState):
        encode_sheet(Sheet(KEY, {"00" * 16: Sketch(b"", b"", short=False)}))
