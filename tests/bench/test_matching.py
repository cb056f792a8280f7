# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench of second applications counts rightly, and asks all three about the same people."""

from pathlib import Path

import numpy as np
import pytest

from bench import writing
from bench.matching import beside, bloom
from bench.matching.again import Crowd, changes
from bench.matching.ours import Matching
from bench.matching.tally import Tally, together


@pytest.fixture(autouse=True)
def ukrainian_by_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """To turn the register of Ukrainian forms about takes seconds; its letters are enough here."""
    monkeypatch.setattr(writing, "ukrainian", dict[str, list[str]])


def test_the_same_person_written_again_is_found_and_a_stranger_is_not(tmp_path: Path) -> None:
    crowd, tally = Crowd(200), Tally()
    matching = Matching(tmp_path / "table.db", map(crowd.applied, range(200)))
    for row in range(20):
        matching.ask(crowd.applied(row), row, tally)
    assert tally.right >= 19
    assert tally.wrong == 0
    # Asked for somebody who never applied, what is found is wrong.
    other = Tally()
    matching.ask(crowd.applied(0), 5000, other)
    assert (other.right, other.wrong) == (0, 1)


def test_every_way_of_applying_again_changes_what_it_says_and_keeps_the_rest() -> None:
    crowd = Crowd(60)
    ways = changes(crowd)
    dates = [crowd.people.birth_date(row) for row in range(60)]
    for name, way in ways.items():
        born = ["{:04d}-{:02d}-{:02d}".format(*way(row).born) for row in range(60)]
        changed = sum(one != other for one, other in zip(born, dates, strict=True))
        assert changed > 40 if name == "a part of the date wrong" else changed == 0


def test_a_filter_resembles_itself_wholly_and_others_less() -> None:
    crowd = Crowd(50)
    filters = bloom.encode([crowd.applied(row) for row in range(50)])
    rows, dice = bloom.nearest(filters, filters[7], least=0.0)
    assert rows[np.argmax(dice)] == 7
    assert np.isclose(dice[7], 1)
    assert np.delete(dice, 7).max() < 0.9


def test_the_best_threshold_counts_what_is_missed_as_missed() -> None:
    tally = beside.at_best([(0.9, True), (0.8, True), (0.7, False), (0.6, False)], questions=4)
    assert (tally.right, tally.wrong, tally.recall, tally.precision) == (2, 0, 0.5, 1.0)
    assert together([tally, tally]).recall == 0.5
