# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes screening; each change and its ledger entry are one transaction."""

from watchword.screening.services.judging import judge, second
from watchword.screening.services.pairs import OpenedPair, open_pair
from watchword.screening.services.reading import OpenedHit, open_hit
from watchword.screening.services.rescreening import CaughtUp, rescreen_changed
from watchword.screening.services.running import look_again, screen_case
from watchword.screening.services.telling import hand_over

__all__ = [
    "CaughtUp",
    "OpenedHit",
    "OpenedPair",
    "hand_over",
    "judge",
    "look_again",
    "open_hit",
    "open_pair",
    "rescreen_changed",
    "screen_case",
    "second",
]
