# SPDX-License-Identifier: AGPL-3.0-or-later
"""How fast the matcher may be asked: whoever takes the Desk over must not get everybody at once."""

from collections import deque
from datetime import datetime, timedelta

from watchword.core.refusals import WrongState, sentence

HOUR = timedelta(hours=1)
AN_HOUR = 600
"""Questions and changes. A run over a batch of a hundred cases takes two hundred."""


class Pace:
    """Counts what was asked in the last hour; ``earlier``: when, of those before this program started."""

    def __init__(self, most: int, earlier: list[datetime]) -> None:
        self._most = most
        self._times = deque(earlier)

    def step(self, now: datetime) -> None:
        """Count one more; WrongState when it is too many."""
        while self._times and self._times[0] <= now - HOUR:
            self._times.popleft()
        if len(self._times) >= self._most:
            raise WrongState(sentence("The matcher was asked too often in this hour."))
        self._times.append(now)
