# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures that bars are stated in, where they are easily got wrong: equal scores, and certainty."""

import numpy as np
import pytest

from bench.screening import metrics

SCORES = np.array([0.9, 0.9, 0.9, 0.5, 0.5, 0.1])
TRUTH = np.array([True, True, False, True, False, False])


def test_equal_scores_cannot_be_divided_by_a_threshold() -> None:
    tied = np.array([0.7, 0.7, 0.7, 0.7])
    threshold = metrics.best_threshold(tied, np.array([True, False, False, False]))
    assert metrics.quality(tied, np.array([True, False, False, False]), threshold).precision == 0.25


def test_no_other_threshold_gives_a_better_f1() -> None:
    best = metrics.quality(SCORES, TRUTH, metrics.best_threshold(SCORES, TRUTH)).f1
    assert best == max(metrics.quality(SCORES, TRUTH, score).f1 for score in SCORES)


def test_the_threshold_for_a_recall_finds_at_least_that_share_and_the_next_does_not() -> None:
    threshold = metrics.threshold_for_recall(SCORES, TRUTH, 0.93)
    assert metrics.quality(SCORES, TRUTH, threshold).recall == 1
    assert metrics.quality(SCORES, TRUTH, np.nextafter(threshold, 1)).recall < 0.93


def test_certainty_that_is_wrong_half_the_time_is_half_off() -> None:
    certain = np.ones(10)
    assert metrics.calibration_error(certain, np.arange(10) % 2 == 0) == pytest.approx(0.5)
    assert metrics.calibration_error(certain, np.ones(10, bool)) == 0
