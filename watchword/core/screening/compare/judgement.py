# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a comparison says: the sum in bits, the probability, and a finding for each thing looked at."""

import math
from dataclasses import dataclass

from watchword.core.refusals import Sentence, WrongState, sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what stood on either side, what it is worth in bits, and why.

    ``blind``: why, without a word of either side.
    """

    feature: str
    left: str
    right: str
    bits: float
    reason: Sentence
    blind: Sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two people compared. The findings add up to ``bits``; with ``prior_bits`` they give the log2 odds."""

    prior_bits: float
    findings: tuple[Finding, ...]
    bits: float
    probability: float


def log_odds(prior: float) -> float:
    """A probability as log2 odds; raises ``WrongState`` unless it lies between nought and one."""
    if not 0.0 < prior < 1.0:
        raise WrongState(sentence("A prior probability lies between nought and one."))
    return math.log2(prior) - math.log2(1.0 - prior)


def probability(bits: float, prior: float) -> float:
    """The probability that ``bits`` of evidence leave, for people who were one with probability ``prior``."""
    total = bits + log_odds(prior)
    if total < 0:
        odds = math.exp2(max(total, -1000.0))
        return odds / (1.0 + odds)
    return 1.0 / (1.0 + math.exp2(-min(total, 1000.0)))
