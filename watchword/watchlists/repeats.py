# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys that come twice in one version: the same record again is passed over, another one keeps both."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from watchword.core.refusals import sentence
from watchword.core.screening.loaders import Complaint
from watchword.watchlists.columns import column, store
from watchword.watchlists.records import AGAIN

TWICE = "twice"
MOST_COMPLAINTS = 1000


def ordinals(keys: NDArray[np.uint64]) -> NDArray[np.int64]:
    """For each key, how often it stood before."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.concatenate((np.ones(min(1, len(keys)), dtype=bool), ordered[1:] != ordered[:-1]))
    starts = np.flatnonzero(begins)
    found: NDArray[np.int64] = np.empty(len(keys), dtype=np.int64)
    found[order] = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    return found


def settle(directory: Path) -> Iterator[Complaint]:
    """Write which rows repeat a record, and which give a key to somebody else; the latter are complaints."""
    keys = np.asarray(column(directory, "keys"), dtype=np.uint64)
    digests = np.asarray(column(directory, "digests"), dtype=np.uint64)
    again = np.flatnonzero(ordinals(keys))
    whole = keys ^ (digests * np.uint64(0x9E3779B97F4A7C15))
    twice = again[ordinals(whole)[again] > 0]
    other = np.setdiff1d(again, twice)
    store(directory, TWICE, twice)
    store(directory, AGAIN, np.stack((other, ordinals(keys)[other]), axis=1))
    for row in other[:MOST_COMPLAINTS].tolist():
        reason = sentence("The key of this entry was given to another one before; both are kept.")
        yield Complaint(f"record {row + 1}", reason)
    if len(other) > MOST_COMPLAINTS:
        yield Complaint("all records", sentence("%(count)s keys are given to several.", count=len(other)))


def twice(directory: Path) -> NDArray[np.int64]:
    """The rows that only repeat a record."""
    return np.asarray(column(directory, TWICE), dtype=np.int64)
