# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who goes in when many want to: those who have waited, before those who have just come.

Whoever finds the Gate busy is given a *place*: a signed word with the second of arrival, counted from the
start of the machine, in the address of the page that loads itself again. A machine that only asks, however
often, has no place that has become old, and takes nothing from those who have. Nothing is remembered but
which places went in, for as long as they are good.
"""

import threading
import time
from collections.abc import Callable, Mapping

from django.core.signing import BadSignature, Signer

from watchword.core.sealing.primitives import random_bytes
from watchword.gate import budget, proofs
from watchword.gate.budget import Budget

PLACE = "place"
PATIENCE = 20
"""Seconds after which a place goes first."""
GOOD_FOR = 1800
"""Seconds after which a place is worth nothing: a stock of old ones must not be laid in."""
KEPT_FREE = 300
"""Tokens of the budget that only those take who have waited."""

_NONCE_SIZE = 8
_signer = Signer(salt="watchword.gate.place")


class Line:
    """The waiting people of one process; ``clock`` counts seconds."""

    def __init__(
        self, bucket: Callable[[], Budget], kept_free: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._bucket, self._kept_free, self._clock = bucket, kept_free, clock
        self._gone_in: dict[str, float] = {}
        self._lock = threading.Lock()

    def place(self, held: str) -> str:
        """The place that is held already, or a new one at the end."""
        if self._waited(held) is not None:
            return held
        return _signer.sign(f"{int(self._clock())}.{random_bytes(_NONCE_SIZE).hex()}")

    def enters(self, held: str) -> bool:
        """Whether somebody who holds this place, or none, goes in now. A place goes in once."""
        waited = self._waited(held)
        if waited is None or waited < PATIENCE:
            return self._bucket().take(leaving=self._kept_free)
        with self._lock:
            if held in self._gone_in or not self._bucket().take():
                return False
            self._gone_in[held] = self._clock()
            self._forget()
        return True

    def _waited(self, held: str) -> float | None:
        """For how long a place was held; None for one that is not good, or went in."""
        try:
            arrived = int(_signer.unsign(held).split(".")[0])
        except BadSignature:
            return None
        waited = self._clock() - arrived
        return waited if 0 <= waited < GOOD_FOR and held not in self._gone_in else None

    def _forget(self) -> None:
        """Drop from the front what is no longer good; they stand in the order in which they went in."""
        old = self._clock() - GOOD_FOR
        while (first := next(iter(self._gone_in))) and self._gone_in[first] < old:
            del self._gone_in[first]


_line = Line(lambda: budget.forms, KEPT_FREE)


def enters(asked: Mapping[str, str]) -> bool:
    """Whether a request with these parameters goes in; a proof is spent only where it must be."""
    return _line.enters(asked.get(PLACE, "")) or proofs.enters(asked)


def place(asked: Mapping[str, str]) -> str:
    """The place to come back with."""
    return _line.place(asked.get(PLACE, ""))
