# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is judged of a hit, beside the verdict."""

from dataclasses import dataclass

from watchword.cases import judgement


@dataclass(frozen=True, kw_only=True)
class Judgement(judgement.Judgement):
    """What one person made of a hit in a case; ``about``: the sealed sheet that they had before them."""

    case: str
    hit: str
    about: str
