# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is judged of a link, beside the verdict."""

from dataclasses import dataclass

from watchword.cases import judgement


@dataclass(frozen=True, kw_only=True)
class Judgement(judgement.Judgement):
    """What one person made of the two cases of a link."""

    link: str
    one: str
    other: str
