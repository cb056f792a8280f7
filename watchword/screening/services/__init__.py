# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes screening; each change and its ledger entry are one transaction."""

from watchword.screening.services.asking import drawn_up
from watchword.screening.services.judging import judge, second
from watchword.screening.services.pairs import OpenedPair, open_both, open_pair
from watchword.screening.services.reading import OpenedHit, open_hit
from watchword.screening.services.running import Ran, run_on
from watchword.screening.services.sides import OpenedSides, open_sides
from watchword.screening.services.telling import hand_over

__all__ = [
    "OpenedHit",
    "OpenedPair",
    "OpenedSides",
    "Ran",
    "drawn_up",
    "hand_over",
    "judge",
    "open_both",
    "open_hit",
    "open_pair",
    "open_sides",
    "run_on",
    "second",
]
