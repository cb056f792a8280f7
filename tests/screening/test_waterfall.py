# SPDX-License-Identifier: AGPL-3.0-or-later
"""The picture of a comparison adds up, and a word stands on everything that was weighed."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.screening.test_sheet import COMPARED, SHEET
from watchword.core.refusals import sentence
from watchword.screening.comparison import Weighed
from watchword.screening.sheet import Likeness
from watchword.screening.side_by_side import AGREES, DIFFERS, side_by_side
from watchword.screening.waterfall import WIDTH, chance, waterfall

bits = st.floats(-60, 60).map(lambda number: round(number, 3))


@given(bits, st.lists(bits, max_size=12))
def test_each_bar_begins_where_the_last_one_ended(prior: float, worths: list[float]) -> None:
    findings = tuple(Likeness("f", worth, sentence("x")) for worth in worths)
    bars = waterfall(replace(SHEET, prior=prior, bits=sum(worths), findings=findings))
    assert bars[0].start == bars[-1].start == bars[0].zero
    for before, after in pairwise(bars[:-1]):
        assert abs(before.end - after.start) < 0.02
    assert abs(bars[-1].end - bars[-2].end) < 0.02
    assert all(0 <= place <= WIDTH for bar in bars for place in (bar.start, bar.end, bar.zero))
    for bar in bars[1:-1]:
        assert (bar.kind == "for") is (bar.worth > 0)


def test_no_figure_claims_to_be_certain() -> None:
    assert str(chance(1.0)) == "more than 99"
    assert str(chance(0.0)) == "fewer than 1"
    assert str(chance(0.42)) == "about 42"


def test_what_was_weighed_says_in_a_word_what_came_of_it() -> None:
    against = Weighed("birth", "1991-04-17", "1958-11-02", -4.0, sentence("x"), sentence("y"))
    for_it = Weighed("surname", "BEREHOVYI", "Berehovyi", 9.0, sentence("x"), sentence("y"))
    rows = {str(row.title): row for row in side_by_side(replace(COMPARED, findings=(for_it, against)))}
    names, born = rows["Names"], rows["Born"]
    assert [word.mark for word in names.right[0].words] == [AGREES, None, None]
    assert [word.mark for line in born.left for word in line.words] == [DIFFERS]
    assert "Contacts" in rows
    assert rows["Contacts"].left == ()
