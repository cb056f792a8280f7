# SPDX-License-Identifier: AGPL-3.0-or-later
"""The middle of a list of measures, where the list is long enough to hide each of them."""

from collections.abc import Collection
from statistics import median_low

from watchword.core.figures.suppression import FEWEST


def middle(measures: Collection[int]) -> int | None:
    """The lower median; None of fewer than FEWEST measures, each of another person."""
    return median_low(measures) if len(measures) >= FEWEST else None
