# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many letters differ between two words, neighbours that changed places counting once."""

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import Letters, UInt64

ONE = np.uint64(1)
ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)


@compiled
def mark_letters(letters: Letters, first: int, last: int, places: UInt64, on: bool) -> None:
    """Write into ``places`` (256 rows, zero before) at which places each letter stands; or wipe it again."""
    for at in range(first, last):
        if on:
            places[letters[at]] |= ONE << np.uint64(at - first)
        else:
            places[letters[at]] = np.uint64(0)


@compiled
def distance(places: UInt64, length: int, letters: Letters, first: int, last: int) -> int:
    """Insertions, losses, exchanges and swaps of neighbours between a marked word and another.

    The optimal string alignment distance, one column of its matrix held in the bits of a machine word
    (H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003).
    ``length`` is that of the marked word, 1 to 63.
    """
    rising, falling, diagonal, before = ALL, np.uint64(0), np.uint64(0), np.uint64(0)
    lowest = ONE << np.uint64(length - 1)
    errors = length
    for at in range(first, last):
        same = places[letters[at]]
        swapped = (((~diagonal) & same) << ONE) & before
        diagonal = (((same & rising) + rising) ^ rising) | same | falling | swapped
        more = falling | ~(diagonal | rising)
        fewer = diagonal & rising
        if more & lowest:
            errors += 1
        if fewer & lowest:
            errors -= 1
        more = (more << ONE) | ONE
        rising = (fewer << ONE) | ~(diagonal | more)
        falling = more & diagonal
        before = same
    return errors
