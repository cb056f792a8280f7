# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sketch of a text: a hundred numbers, of which two texts share as many in a hundred as they share parts.

Only who has the key can make a sketch. Without it nobody can tell beforehand which parts of a text count, and
so neither write copies that do not look like copies, nor a text that is taken for somebody else's. That does
not make sketches fit to lie in the open: how much they resemble each other shows without the key.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from watchword.core.linkage.text import normal_form, parts_of
from watchword.core.refusals import WrongState, sentence

KEY_SIZE = 32
SLOTS = 100
"""Numbers in a sketch: what agrees can be said in hundredths. The standard error is five of them at most."""

LEAST_PARTS = 120
"""Some twenty words. Two strangers who answer in fewer often say the same without copying."""

WHOLE_SIZE = 16
SLOTS_SIZE = 4 * SLOTS
_STORED = np.dtype("<u4")
_AT_ONCE = 1024

Keyed = Callable[[bytes], bytes]
"""A keyed hash with 32 bytes of output, such as HMAC-SHA-256 under a secret key of ``KEY_SIZE`` bytes."""

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sketch:
    """``slots``: SLOTS numbers of four bytes. ``whole``: a mark of everything that was answered.

    ``short``: the text has too few parts to be compared by them; then only ``whole`` counts.
    """

    slots: bytes
    whole: bytes
    short: bool

    @property
    def numbers(self) -> Numbers:
        """The slots as an array of SLOTS numbers."""
        return np.frombuffer(self.slots, dtype=_STORED)


class Sketcher:
    """Makes sketches that can be compared with each other: all under one key."""

    def __init__(self, keyed: Keyed) -> None:
        self._keyed = keyed
        drawn = b"".join(keyed(b"slot" + bytes([slot])) for slot in range(SLOTS))
        # The first two of the four numbers in each output: an odd factor, and something to add.
        pairs = np.frombuffer(drawn, dtype="<u8").reshape(SLOTS, 4)
        self._factors, self._added = pairs[:, 0] | np.uint64(1), pairs[:, 1]

    def sketch(self, text: str, *, whole: str) -> Sketch:
        """The sketch of a free ``text``; ``whole`` is everything that came with it, the text included."""
        parts = parts_of(text)
        mark = self._keyed(b"whole" + normal_form(whole).encode())[:WHOLE_SIZE]
        return Sketch(self._smallest(parts).tobytes(), mark, len(parts) < LEAST_PARTS)

    def _smallest(self, parts: frozenset[str]) -> Numbers:
        """For each slot the smallest value that any part has there: MinHash (Broder 1997, section 3).

        Each slot orders the parts in its own way by multiply-add-shift (M. Dietzfelbinger and others, A
        reliable randomized algorithm for the closest-pair problem, Journal of Algorithms 25, 1997) over the
        keyed hash of a part. Two texts have the same smallest one with the probability of their resemblance.
        """
        smallest = np.full(SLOTS, 0xFFFFFFFF, dtype=_STORED)
        hashed = b"".join(self._keyed(b"part" + part.encode())[:8] for part in parts)
        values = np.frombuffer(hashed, dtype="<u8")
        for start in range(0, len(values), _AT_ONCE):
            some = values[start : start + _AT_ONCE, None] * self._factors + self._added
            np.minimum(smallest, (some >> np.uint64(32)).min(axis=0).astype(_STORED), out=smallest)
        return smallest


def agreement(one: Sketch, other: Sketch) -> int:
    """How many of 100 parts of two texts agree, estimated; of short ones all or none."""
    if one.short or other.short:
        return SLOTS if one.short and other.short and one.whole == other.whole else 0
    return int(np.count_nonzero(one.numbers == other.numbers))


def check_stored(slots: bytes, whole: bytes) -> None:
    """WrongState for what cannot be a sketch."""
    if len(slots) != SLOTS_SIZE or len(whole) != WHOLE_SIZE:
        raise WrongState(sentence("These are not sketches of texts."))
