# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many forms that cost work are given out: under a flood people wait a little, and nobody is refused.

The budget is one for everybody, because behind Tor all visitors have one address. It is kept in memory: a
row in the database would carry the second of the last visit. Each process of the Gate has its own.
"""

import threading
import time
from collections.abc import Callable


class Budget:
    """A bucket of ``capacity`` tokens that fills by ``per_second``; ``clock`` counts seconds."""

    def __init__(
        self, capacity: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._capacity, self._per_second, self._clock = capacity, per_second, clock
        self._tokens, self._at = capacity, clock()
        self._lock = threading.Lock()

    def take(self, leaving: float = 0) -> bool:
        """Take one token if so many are left afterwards, or say that it cannot be done now."""
        with self._lock:
            now = self._clock()
            self._tokens = min(self._capacity, self._tokens + (now - self._at) * self._per_second)
            self._at = now
            if self._tokens < 1 + leaving:
                return False
            self._tokens -= 1
            return True


# A first contact and a sign-in cost about 15 ms each: ten a second leave most of the machine to those inside.
forms = Budget(capacity=600, per_second=10)
# Who comes with a proof of work takes nothing from those who wait. However fast somebody can prove, this is
# what the machine can bear besides; a proof for which there is no room stays good, and its bearer in line.
proofs = Budget(capacity=300, per_second=20)
# A typed card costs as much, and whoever tries numbers one after another should wait between them.
cards = Budget(capacity=60, per_second=1)
