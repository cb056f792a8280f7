# SPDX-License-Identifier: AGPL-3.0-or-later
"""A memo is a shorter way to the same skeletons, whatever was read before."""

from hypothesis import given, settings
from hypothesis import strategies as st

from watchword.core import names

WORDS = st.sampled_from(
    (
        "Выдумкин",
        "ВЫДУМКИН",
        "Фома",
        "ФомаГордеевич",
        "Небылица-Сказкина",
        "Пан",
        "д-р",
        "Mr",
        "Dr.",
        "Vydumkin",
        "VydumkinFoma",
        "McDonald",
        "O'Brien",
        "Cказкина",
        "САХ",
        "COBA",
        "Ь",
        "Ю.",
        "17",
        "é",
        "",
        ",",
        "\u200b",
    )
)
LETTERS = st.text("абьёіАБЬЇabhjABH -.'", max_size=6)
TEXTS = st.lists(st.lists(WORDS | LETTERS, max_size=4).map(" ".join), max_size=8)


@settings(max_examples=150)
@given(TEXTS)
def test_what_was_read_before_changes_no_skeleton(texts: list[str]) -> None:
    memo = names.Memo()
    for text in texts + texts:
        assert memo.skeletons(text) == names.skeletons(text)


def test_a_text_too_long_to_be_a_name_is_cut_alike() -> None:
    memo, text = names.Memo(), "Выдумкин " * 200
    assert memo.skeletons(text) == memo.skeletons(text) == names.skeletons(text)
