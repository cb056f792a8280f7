# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two people compared, with their words: it lives in memory and is written nowhere."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from watchword.core.refusals import Sentence
from watchword.core.screening.record import Person
from watchword.screening.sheet import Likeness, Sheet

if TYPE_CHECKING:
    # Numbers and kernels load in seconds; the Desk starts without them.
    from watchword.core.screening.compare import Judgement


@dataclass(frozen=True)
class Weighed:
    """One line of a comparison with what stood on either side; ``blind`` says the same without it."""

    feature: str
    left: str
    right: str
    bits: float
    reason: Sentence
    blind: Sentence


@dataclass(frozen=True)
class Comparison:
    """A person and somebody of a list, or two applicants. ``prior`` and ``bits`` are log2 odds."""

    list_id: str
    version: int
    applicant: Person
    listed: Person
    prior: float
    bits: float
    probability: float
    findings: tuple[Weighed, ...]

    def sheet(self, tag: str = "") -> Sheet:
        """What may be sealed of it: no word of either side, and figures too coarse to look somebody up by."""
        kept = tuple(Likeness(one.feature, coarse(one.bits), one.blind) for one in self.findings)
        return Sheet(
            list_id=self.list_id,
            version=self.version,
            tag=tag,
            prior=coarse(self.prior),
            bits=sum(one.bits for one in kept),
            probability=round(self.probability, 2),
            findings=kept,
        )


def compared(
    applicant: Person, listed: Person, judged: "Judgement", *, list_id: str = "", version: int = 0
) -> Comparison:
    """What the model said of these two; without a list there is none behind it."""
    return Comparison(
        list_id=list_id,
        version=version,
        applicant=applicant,
        listed=listed,
        prior=float(judged.prior_bits),
        bits=float(judged.bits),
        probability=float(judged.probability),
        findings=tuple(
            Weighed(one.feature, one.left, one.right, float(one.bits), one.reason, one.blind)
            for one in judged.findings
        ),
    )


def coarse(bits: float) -> float:
    """Whole bits. The exact worth of a name that agrees is its rarity, and few names are exactly as rare."""
    return float(round(bits))
