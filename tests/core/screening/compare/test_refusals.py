# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the comparison refuses, and what it bears without harm."""

import numpy as np
import pytest

from tests.core.screening.compare.people import bits, explained, somebody
from watchword.core import names
from watchword.core.refusals import Refused, WrongState
from watchword.core.screening import compare
from watchword.core.screening.compare.parameters import read
from watchword.core.screening.encoding import Encoder
from watchword.core.screening.record import Person

ROW = np.zeros(1, dtype=np.int32)


def test_two_encoders_do_not_understand_each_other() -> None:
    left, right = (Encoder(names.lexicon()).names(["Зубков Денис"]) for _ in range(2))
    with pytest.raises(WrongState, match="one encoder"):
        compare.judge(left, ROW, right, ROW)


@pytest.mark.parametrize("row", [-1, 1, 2**31 - 1])
def test_a_row_that_does_not_exist_is_refused_before_the_kernel_reads_it(row: int) -> None:
    people = Encoder(names.lexicon()).names(["Зубков Денис"])
    with pytest.raises(WrongState, match="not there"):
        compare.judge(people, ROW + np.int32(row), people, ROW)
    with pytest.raises(WrongState, match="not there"):
        compare.judge(people, ROW, people, np.zeros(2, dtype=np.int32))


@pytest.mark.parametrize("prior", [0.0, 1.0, -0.1, float("nan")])
def test_a_prior_that_leaves_nothing_to_find_out_is_refused(prior: float) -> None:
    with pytest.raises(WrongState, match="between nought and one"):
        compare.explain(somebody("Зубков"), somebody("Зубков"), prior=prior)


@pytest.mark.parametrize("text", ["", "prior = 3", "[prior]\nbits = 1", "[prior\n", "[word]\ngiven = 'x'"])
def test_parameters_that_cannot_be_read_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read(text)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "1234",
        "\x00",
        "\u202e",
        "ا",
        "Зубков " * 5000,
        "а" * 100_000,
        "\ud800",
        "A. B. C. D. E. F. G. H. I.",
    ],
)
def test_hostile_names_are_compared_like_any_other(name: str) -> None:
    assert np.isfinite(bits(name, "Зубков Денис"))
    assert bits(name, name) == pytest.approx(explained(name, name).bits, abs=1e-4)


def test_people_without_names_have_nothing_to_compare() -> None:
    nobody = Person("", ())
    assert compare.explain(nobody, somebody("Зубков")).probability < 0.5
    assert bits(nobody, nobody) == pytest.approx(compare.explain(nobody, nobody).bits, abs=1e-4)


def test_no_pairs_are_no_work() -> None:
    people = Encoder(names.lexicon()).names([])
    assert len(compare.judge(people, ROW[:0], people, ROW[:0])) == 0
