# SPDX-License-Identifier: AGPL-3.0-or-later
"""Comparing two people: `explain` for a reader, `judge` for millions."""

from watchword.core.screening.compare.comparison import DEFAULT_PRIOR, explain, judge
from watchword.core.screening.compare.judgement import Finding, Judgement, log_odds, probability
from watchword.core.screening.compare.model import MODEL, Feature
from watchword.core.screening.compare.parameters import Parameters, parameters

__all__ = [
    "DEFAULT_PRIOR",
    "MODEL",
    "Feature",
    "Finding",
    "Judgement",
    "Parameters",
    "explain",
    "judge",
    "log_odds",
    "parameters",
    "probability",
]
