# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures that the bars are stated in."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Quality:
    """Precision, recall and their harmonic mean at one threshold."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"{self.f1:.3f} (P {self.precision:.3f} R {self.recall:.3f})"


def quality(scores: Floats, truth: Truth, threshold: float) -> Quality:
    said = scores >= threshold
    right = float(np.sum(said & truth))
    return Quality(right / max(float(said.sum()), 1.0), right / max(float(truth.sum()), 1.0))


def best_threshold(scores: Floats, truth: Truth) -> float:
    """The score from which saying "the same" gives the highest F1."""
    order = np.argsort(-scores, kind="stable")
    ranked, right = scores[order], np.cumsum(truth[order])
    f1 = 2 * right / (np.arange(1, len(scores) + 1) + truth.sum())
    # Equal scores fall together, so only the last of a run of them is a threshold.
    f1[:-1][ranked[:-1] == ranked[1:]] = 0.0
    return float(ranked[int(np.argmax(f1))])


def threshold_for_recall(scores: Floats, truth: Truth, recall: float) -> float:
    """The highest score from which at least this share of the true pairs is found."""
    found = np.sort(scores[truth])[::-1]
    return float(found[min(len(found) - 1, int(np.ceil(recall * len(found))) - 1)])


def calibration_error(probability: Floats, truth: Truth, bins: int = 10) -> float:
    """The mean distance between what was stated and what was so, over ten equal bins of probability."""
    number = np.minimum((probability * bins).astype(int), bins - 1)
    error = 0.0
    for at in range(bins):
        inside = number == at
        if inside.any():
            error += float(inside.sum()) * abs(float(probability[inside].mean() - truth[inside].mean()))
    return error / len(probability)


def percentile(seconds: list[float], share: float) -> float:
    """Milliseconds within which this share of the queries was answered."""
    return float(np.percentile(np.array(seconds), share)) * 1e3
