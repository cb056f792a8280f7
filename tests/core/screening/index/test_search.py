# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name is found whatever one may do to its words, and no shortcut loses one."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.screening.index.lists import Dictionary, Known, found, searcher
from watchword.core.refusals import WrongState
from watchword.core.screening.index import Collector, Searcher
from watchword.core.screening.index.asking import ask
from watchword.core.screening.index.plan import MOST_QUERY_WORDS, Search
from watchword.core.screening.index.rewriting import counted, readings
from watchword.core.screening.index.scoring import score
from watchword.core.screening.index.traversal import lay_out, wipe
from watchword.core.screening.index.weighing import floor_of

LISTED = [
    "denis vladimirovic orlov",  # 0
    "denisvladimirovic zubkov",  # 1
    "marina vladi mirovna sokolova",  # 2
    "a b kovalenko",  # 3
    "petr vodkin",  # 4
    "orlov",  # 5
    "anton antonovic antonov",  # 6
]


@pytest.fixture(scope="module")
def listed() -> Searcher:
    return searcher(LISTED)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("orlov denis vladimirovic", 0),
        ("denis vladimirovicorlov", 0),
        ("orlov denisvladimirovic", 0),
        ("denis vladimi rovic orlov", 0),
        ("orlov denis", 0),
        ("orlov d v", 0),
        ("denis vladimirovic zubkov", 1),
        ("zubkov vladimirovic denis", 1),
        ("marina vladimirovna sokolova", 2),
        ("sokolova marinavladimirovna", 2),
        ("kovalenko andrej borisovic", 3),
        ("vodkinpetr", 4),
        ("anton antonov", 6),
        ("antonuvic antonov antonov", 6),
        ("dneis vladimirovc orlov", 0),
        ("denis vldimrovic orlov", 0),
        ("orlov orlov", 5),
        ("vladimirovic", 0),
    ],
)
def test_a_misspelled_name_is_found_first(listed: Searcher, query: str, first: int) -> None:
    assert found(listed, query)[0] == first


@pytest.mark.parametrize(
    "query", ["", "q", "semjon pavlovic grigorjan", "x y z", "semjon pavlovic grigorjan petja denis"]
)
def test_whoever_is_not_listed_is_not_found(listed: Searcher, query: str) -> None:
    assert found(listed, query) == []


def test_a_name_of_the_same_words_scores_all_and_its_order_says_nothing(listed: Searcher) -> None:
    forward = listed.search([["denis", "vladimirovic", "orlov"]], 5)
    backward = listed.search([["orlov", "vladimirovic", "denis"]], 5)
    assert forward.score[0, 0] == 1.0
    assert (forward.score == backward.score).all()


def test_a_rare_word_counts_more_than_a_frequent_one() -> None:
    dictionary = Dictionary({"ivan": Known(given=50), "petr": Known(given=20)})
    search = searcher(["ivan sobakin", "petr zujkin", "ivan zujkon"], dictionary=dictionary)
    assert found(search, "ivan zujkin") == [2, 1]


def test_a_dictionary_weighs_the_words_of_a_short_list() -> None:
    frequent = Dictionary({"ivan": Known(given=300)})
    search = searcher(["ivan zujkin", "ivan orlov"], dictionary=frequent)
    assert found(search, "ivan zujkin") == [0]


def test_whose_surname_changed_comes_before_whose_given_name_is_another() -> None:
    words = {"vera": Known(given=20), "anna": Known(given=20), "zujkina": Known(surname=10)}
    search = searcher(["anna pavlovna zujkina", "vera pavlovna orlova"], dictionary=Dictionary(words))
    assert found(search, "vera pavlovna zujkina") == [1, 0]


def test_the_same_letter_comes_before_a_word_that_begins_with_it() -> None:
    assert found(searcher(["vera pavlovna orlova", "orlova v p"]), "orlova v p") == [1, 0]


def test_several_lists_answer_as_one(listed: Searcher) -> None:
    both = searcher(LISTED[:3], LISTED[3:])
    for query in LISTED:
        one, other = listed.search([query.split()], 4), both.search([query.split()], 4)
        assert (one.score == other.score).all()
        names = np.where(other.name >= 0, other.name + 3 * other.index, -1)
        assert names[0, 0] == one.name[0, 0]


def test_many_questions_at_once_are_answered_as_one_by_one(listed: Searcher) -> None:
    queries = [query.split() for query in [*LISTED, "", "nobody known", "orlov"]]
    together = listed.search(queries, 3)
    for row, query in enumerate(queries):
        assert (listed.search([query], 3).name == together.name[row]).all()


def test_no_questions_have_no_answers(listed: Searcher) -> None:
    assert listed.search([], 3).name.shape == (0, 3)


def test_an_empty_list_has_nobody() -> None:
    assert found(searcher([]), "ivan orlov") == []


@pytest.mark.parametrize("word", ["Иван", "a\0b", "zoë"])
def test_what_is_no_skeleton_is_refused(word: str, listed: Searcher) -> None:
    with pytest.raises(WrongState, match="skeletons"):
        listed.search([[word]], 3)
    collector = Collector()
    collector.add([word])
    with pytest.raises(WrongState, match="skeletons"):
        collector.arrays(Dictionary())


def test_more_words_than_are_compared_do_no_harm(listed: Searcher) -> None:
    crowd = " ".join("abcdefgh"[i % 8] * (2 + i // 8) for i in range(80))
    assert found(searcher([crowd]), crowd) == [0]
    assert found(listed, f"orlov denis {crowd}")[0] == 0


WORDS = [
    "ivan",
    "ivon",
    "ivanov",
    "ivanova",
    "ivanovic",
    "petr",
    "petrov",
    "petrovic",
    "pavel",
    "p",
    "iv",
    "anov",
]
name = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)


def score_everybody(search: Searcher, query: list[str]) -> list[int]:
    """Scores above the floor, best first, of every name of the first index, with no list left out."""
    plan = search.plans(ask([query], search.lexicon))[0][0]
    search.answer(0, plan, 1)
    work = search._work[0]
    lay_out(plan, work, 0)
    everybody = Search(search.indexes[0], plan, work)
    scores = [score(everybody, row) for row in range(search.names)]
    wipe(work)
    return sorted((one for one in scores if one > floor_of(plan, 0)), reverse=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(name, min_size=1, max_size=60), name, st.integers(1, 8))
def test_no_shortcut_loses_a_name(listed: list[list[str]], query: list[str], limit: int) -> None:
    assume(any(len(word) > 1 for word in query))  # letters alone are looked for nowhere
    search = searcher(listed)
    answer = search.answer(0, search.plans(ask([query], search.lexicon))[0][0], limit)
    kept = [int(one) for one, row in zip(answer.score[0], answer.name[0], strict=True) if row >= 0]
    assert kept == score_everybody(search, query)[:limit]


def test_a_glued_word_makes_no_query_longer_than_the_kernels_have_room_for(listed: Searcher) -> None:
    """Whoever applies writes the query: one word too many would be written behind the end of an array."""
    for words in range(6, 10):
        query = [*"hijklmno"[: words - 1], "vladimirovicorlov"]
        _, likely = listed._search([query[:MOST_QUERY_WORDS]], 5)
        cut = query[:MOST_QUERY_WORDS]
        others = readings(cut, likely, counted(listed.indexes, [cut], likely))
        assert all(len(other) <= MOST_QUERY_WORDS for other in others)
        assert len(listed.search([query], 5).name) == 1
