# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small figures stay hidden from whoever subtracts: every table that a reader could think of is tried."""

from collections.abc import Iterator
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchword.core.figures.middle import middle
from watchword.core.figures.suppression import FEWEST, Arrow, Name, hidden

TOTAL: Name = ("all",)
Cells = tuple[tuple[int, ...], ...]


def arrows_of(cells: Cells) -> dict[Name, Arrow]:
    """A table with the sums of its rows and columns, and the sum of all."""
    rows, columns = range(len(cells)), range(len(cells[0]))
    return {
        TOTAL: Arrow("out", "in", sum(map(sum, cells))),
        **{("row", str(row)): Arrow("in", f"r{row}", sum(cells[row])) for row in rows},
        **{
            ("column", str(one)): Arrow(f"c{one}", "out", sum(cells[row][one] for row in rows))
            for one in columns
        },
        **{
            ("cell", str(row), str(one)): Arrow(f"r{row}", f"c{one}", cells[row][one])
            for row in rows
            for one in columns
        },
    }


def possible(cells: Cells, shown: dict[Name, int]) -> Iterator[dict[Name, Arrow]]:
    """Every table of whole numbers in which all shown figures are as they are."""
    width, total = len(cells[0]), shown[TOTAL]
    ranges = [
        (shown[name],) if (name := ("cell", str(row), str(one))) in shown else range(total + 1)
        for row in range(len(cells))
        for one in range(width)
    ]
    for most in product(*ranges[:-1]):
        flat = (*most, total - sum(most))
        if flat[-1] in ranges[-1]:
            table = arrows_of(tuple(flat[at : at + width] for at in range(0, len(flat), width)))
            if all(table[name].value == value for name, value in shown.items()):
                yield table


TABLES = st.sampled_from([(2, 2), (1, 4), (2, 3)]).flatmap(
    lambda size: st.tuples(
        *[st.tuples(*[st.integers(0, 9) | st.integers(0, 2) for _ in range(size[1])]) for _ in range(size[0])]
    )
)


@settings(max_examples=30)
@given(TABLES.filter(lambda cells: sum(map(sum, cells)) <= 12))
@example(((3, 7), (6, 5)))
@example(((4, 0, 5), (1, 0, 0)))
def test_whoever_adds_and_subtracts_holds_every_small_figure_for_a_large_one(cells: Cells) -> None:
    arrows = arrows_of(cells)
    kept = hidden(arrows, known=frozenset({TOTAL}))
    shown = {name: arrow.value for name, arrow in arrows.items() if name not in kept}
    assert all(value >= FEWEST for name, value in shown.items() if name != TOTAL)
    tables = list(possible(cells, shown))
    for name in arrows.keys() - shown.keys():
        if arrows[name].value < FEWEST:
            assert max(table[name].value for table in tables) >= min(FEWEST, shown[TOTAL])


def test_one_small_figure_alone_takes_three_others_with_it() -> None:
    kept = hidden(arrows_of(((3, 20, 30), (40, 10, 50), (60, 70, 80))))
    assert kept == {("cell", row, column) for row in "01" for column in "01"}


def test_a_table_without_a_small_figure_is_shown_whole() -> None:
    assert hidden(arrows_of(((5, 20), (40, 10)))) == frozenset()


def test_the_middle_of_four_is_not_told() -> None:
    assert middle([1, 2, 3, 4]) is None
    assert middle([9, 1, 2, 3, 4]) == 3
