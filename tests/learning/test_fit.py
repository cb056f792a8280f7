# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learning from labelled pairs: it finds what is there, keeps what is held, and never turns levels around."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tools.learning import calibration
from tools.learning.design import COLUMNS, PLACE_OF, Design, design, vector
from tools.learning.fit import HELD, LEAST_BIRTH, Fitted, Sample, fit, in_bounds, put, started, stated
from tools.learning.pairs import Pair, fold, person
from tools.learning.tables import nested, start, written
from watchword.core.screening.compare.parameters import read

SURNAME, OTHER_DAY = PLACE_OF["word.surname", "different"], PLACE_OF["birth", "other_day"]


def invented_sample(pairs: int, bits: float) -> Sample:
    """Pairs that differ in surname or not, labelled by chance with these odds."""
    random = np.random.default_rng(1)
    counts = np.zeros((pairs, len(COLUMNS)))
    counts[:, SURNAME] = np.arange(pairs) % 2
    odds = np.exp2(3.0 + counts[:, SURNAME] * bits)
    same = (random.random(pairs) < odds / (1 + odds)).astype(np.float64)
    none = np.zeros(pairs, dtype=np.int64)
    return Sample(Design(counts, np.zeros(pairs), none), same, none, np.ones(pairs))


def begun() -> Fitted:
    fitted = started(start(), 1)
    return Fitted(fitted.bits, fitted.priors, np.full(3, -30.0))


def test_a_weight_that_labels_follow_is_found_again() -> None:
    sample = invented_sample(6000, -5.0)
    learned = fit(sample, begun())
    assert learned.bits[SURNAME] == pytest.approx(-5.0, abs=0.5)
    assert learned.priors[0] == pytest.approx(3.0, abs=0.3)
    assert calibration.error(stated(sample, learned), sample.same) < 0.01


def test_what_is_held_stays_and_what_was_never_met_stays() -> None:
    learned = fit(invented_sample(2000, -5.0), begun())
    for column in (*HELD, ("birth", "swapped")):
        assert learned.bits[PLACE_OF[column]] == pytest.approx(begun().bits[PLACE_OF[column]], abs=0.01)


def test_a_small_sample_cannot_turn_levels_around() -> None:
    bits = vector(start())
    bits[PLACE_OF["word.given", "near"]] = 5.0
    bits[PLACE_OF["birth", "other_day"]] = -90.0
    held = in_bounds(bits)
    assert held[PLACE_OF["word.given", "near"]] <= held[PLACE_OF["word.given", "close"]] <= 0.0
    assert held[OTHER_DAY] >= LEAST_BIRTH
    assert held[PLACE_OF["birth", "other_year"]] <= held[OTHER_DAY]


def test_what_was_learned_is_read_back_from_its_text() -> None:
    tables = put(start(), started(start(), 1))
    model = read(written(tables, "A heading.", {("birth", "same_day"): "met twice"}))
    assert model.prior_bits == tables["prior"]["bits"]
    assert model.weights.birth[0] == tables["birth"]["same_day"]
    assert set(nested(tables)) == {*(name for name in tables if "." not in name), "word"}


def test_every_finding_of_a_pair_is_counted_once() -> None:
    pair = Pair(person("Зубков Денис", "1971-02-05"), person("Zubkov Boris", "1971-02-05"), False, "", (), "")
    found: NDArray[np.float64] = design([pair], start()).counts[0]
    met = {COLUMNS[place] for place in np.flatnonzero(found)}
    assert {("word.surname", "same"), ("word.given", "different"), ("birth", "same_day")} <= met


def test_all_pairs_asked_about_one_person_are_in_one_part() -> None:
    one, other = person("Зубков Денис"), person("Сорока Юрий")
    parts = {fold(Pair(one, right, False, "", ("7", right.names[0].text), ""), 5) for right in (one, other)}
    assert len(parts) == 1


def test_the_diagram_draws_every_bin_without_styles_of_its_own() -> None:
    random = np.random.default_rng(2)
    probabilities = random.random(500)
    same = (random.random(500) < probabilities).astype(np.float64)
    drawn = calibration.diagram({"all": (probabilities, same)})
    assert drawn.count("<circle") == 10
    assert "style" not in drawn
    assert calibration.error(probabilities, same) < 0.08
