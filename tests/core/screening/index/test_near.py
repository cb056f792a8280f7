# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words are found within their errors: no more and no fewer than by comparing with every word."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.screening.index.lists import Dictionary, Known
from watchword.core.screening.index import Collector
from watchword.core.screening.index.asking import ask
from watchword.core.screening.index.distance import distance, mark_letters
from watchword.core.screening.index.near import INITIAL, LETTER_COST, find_all, room, rows_room
from watchword.core.screening.index.words import LONG, errors_allowed, pack, unpack

# Few letters make many near misses; up to thirteen of them pass the ten that take part in deletions.
word = st.text("abc", min_size=1, max_size=13)


def reference(one: str, two: str) -> int:
    """The optimal string alignment distance as the textbook writes it."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(two) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(two) + 1):
            change = rows[i - 1][j - 1] + (one[i - 1] != two[j - 1])
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
            if i > 1 and j > 1 and one[i - 1] == two[j - 2] and one[i - 2] == two[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[len(one)][len(two)]


def near_words(words: list[str], sought: str, dictionary: Dictionary | None = None) -> dict[str, int]:
    """What the index holds for one word sought, with the cost of each."""
    known = dictionary or Dictionary()
    collector = Collector()
    for one in words:
        collector.add([one])
    index = collector.arrays(known)
    near, rows = room(len(index.word_start) - 1, 512), rows_room(1)
    find_all(index, ask([[sought]], known).sought, near, rows)
    ordered = sorted(set(words))
    return {ordered[found["word"]]: int(found["cost"]) for found in near.found[: near.counts[0]]}


@settings(deadline=None)
@given(word, word)
def test_the_distance_is_the_textbooks(one: str, two: str) -> None:
    packed, places = pack([one, two]), np.zeros(256, dtype=np.uint64)
    start = packed.start
    mark_letters(packed.letters, 0, start[1], places, True)
    assert distance(places, len(one), packed.letters, start[1], start[2]) == reference(one, two)
    mark_letters(packed.letters, 0, start[1], places, False)
    assert not places.any()


@settings(max_examples=60, deadline=None)
@given(st.lists(word, min_size=1, max_size=40), word)
def test_exactly_the_words_within_their_errors_are_found(words: list[str], sought: str) -> None:
    expected, mangled = {}, {}
    for one in words:
        errors = reference(one, sought)
        if errors <= min(errors_allowed(len(one)), errors_allowed(len(sought))):
            expected[one] = int(LETTER_COST[errors])
        elif errors == 3 and sought not in words and min(len(one), len(sought)) >= LONG:
            mangled[one] = int(LETTER_COST[errors])
    if len(sought) > 1 and sought[0] in words:
        expected.setdefault(sought[0], INITIAL)
    found = near_words(words, sought)
    assert expected.items() <= found.items() <= (expected | mangled).items()


def test_a_word_that_is_listed_nowhere_may_have_three_errors() -> None:
    assert near_words(["prakapev"], "prjekapv") == {"prakapev": LETTER_COST[3]}
    assert near_words(["prakapev", "prjekapv"], "prjekapv") == {"prjekapv": 0}


def test_errors_behind_the_letters_that_are_hashed_are_found_too() -> None:
    assert near_words(["abcdefghijklmnop"], "abcdefghijklmxyp") == {"abcdefghijklmnop": LETTER_COST[2]}
    assert near_words(["abcdefghijklmnop"], "abcdefghijkvxyzp") == {}


def test_a_dictionary_brings_words_together_that_letters_keep_apart() -> None:
    dictionary = Dictionary(
        {
            "mikola": Known(groups=(7, 9)),
            "nikolaj": Known(groups=(9,)),
            "kolja": Known(groups=(9, 11)),
            "ivan": Known(groups=(1,)),
            "petrovic": Known(patronymic_of=(4,)),
            "pjatrauna": Known(patronymic_of=(4,)),
            "bjelskaja": Known(surname_base="bjelsk"),
            "bjelski": Known(surname_base="bjelsk"),
        }
    )
    words = ["nikolaj", "kolja", "ivan", "petrovic", "bjelski"]
    assert near_words(words, "mikola", dictionary) == {"nikolaj": 4, "kolja": 8}
    assert near_words(words, "pjatrauna", dictionary) == {"petrovic": 12}
    assert near_words(words, "bjelskaja", dictionary) == {"bjelski": 4}


def test_a_form_of_a_name_that_is_like_it_costs_less_than_one_that_is_not() -> None:
    dictionary = Dictionary({word: Known(groups=(3,)) for word in ("aleksandr", "aleksander", "saxa")})
    found = near_words(["aleksandr", "saxa"], "aleksander", dictionary)
    assert found == {"aleksandr": 4, "saxa": 8}


@settings(deadline=None)
@given(st.lists(st.text("abcz", min_size=1, max_size=80)))
def test_words_are_packed_and_cut_where_a_machine_word_ends(words: list[str]) -> None:
    assert unpack(pack(words)) == [one[:63] for one in words]
