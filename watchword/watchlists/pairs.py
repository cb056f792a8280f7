# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pairs of a person searched and a record, as two arrays side by side."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Pairs = tuple[Rows, Rows]

NOBODY: Rows = np.empty(0, dtype=np.int64)


def spread(first: Rows, last: Rows) -> Pairs:
    """Every place of every range from ``first`` to before ``last``, beside the number of its range."""
    lengths = np.maximum(last - first, 0)
    which = np.repeat(np.arange(len(first)), lengths)
    begins = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return which, np.arange(len(which)) - begins + first[which]


def distinct(*found: Pairs) -> Pairs:
    """Each pair once, in the order of the people searched."""
    who, row = (np.concatenate(side) for side in zip(*found, strict=True))
    order = np.lexsort((row, who))
    who, row = who[order], row[order]
    fresh = np.ones(len(who), dtype=bool)
    fresh[1:] = (who[1:] != who[:-1]) | (row[1:] != row[:-1])
    return who[fresh], row[fresh]


def best(who: Rows, worth: NDArray[np.integer], most: int) -> Rows:
    """The places of each person's ``most`` pairs that are worth most; equals in their order."""
    order = np.lexsort((-worth.astype(np.int64), who))
    ordered = who[order]
    starts = np.searchsorted(ordered, ordered, side="left")
    return np.sort(order[np.arange(len(order)) - starts < most])
