# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a new version of a list adds, changes and removes, found from two arrays of digests.

Keys are compared by eight bytes of their digest: among ten million keys two meet by chance once in some three
hundred thousand lists, and then one record counts as changed that was added. A key that comes twice in one
version is told apart by its order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from watchword.watchlists.columns import UInt32, UInt64, column, store
from watchword.watchlists.records import SINCE, Records
from watchword.watchlists.repeats import ordinals

DELTA = "delta.txt"
SIGNS = {"+": "added", "~": "changed", "-": "removed"}

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # spreads the order of a repeated key over all its bits

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Delta:
    """How many people a version added, changed and removed."""

    added: int
    changed: int
    removed: int


def first(directory: Path, version: int) -> Delta:
    """Everybody of a first version is new; no list of them is kept, because it would be the list itself."""
    people = len(column(directory, "keys"))
    store(directory, SINCE, np.full(people, version, dtype="<u4"))
    return Delta(people, 0, 0)


def between(old: Path, new: Path, version: int) -> Delta:
    """Compare two finished record files; write ``since`` and the keys that differ beside the new one."""
    (old_order, old_keys), (new_order, new_keys) = _sorted(old), _sorted(new)
    at = np.searchsorted(old_keys, new_keys)
    known = np.zeros(len(new_keys), dtype=bool)
    inside = at < len(old_keys)
    known[inside] = old_keys[at[inside]] == new_keys[inside]
    mine, theirs = new_order[known], old_order[at[known]]
    same = column(new, "digests")[mine] == column(old, "digests")[theirs]
    since: UInt32 = np.full(len(new_keys), version, dtype="<u4")
    since[mine[same]] = column(old, SINCE)[theirs[same]]
    store(new, SINCE, since)
    gone = np.ones(len(old_keys), dtype=bool)
    gone[at[known]] = False
    rows = {"+": new_order[~known], "~": mine[~same], "-": old_order[gone]}
    fresh = Records(new)
    _write(new, {"+": (fresh, rows["+"]), "~": (fresh, rows["~"]), "-": (Records(old), rows["-"])})
    return Delta(*(len(rows[sign]) for sign in SIGNS))


def _sorted(directory: Path) -> tuple[Rows, UInt64]:
    """Row numbers in the order of their keys, and the keys, those that repeat told apart by their order."""
    keys = np.asarray(column(directory, "keys"), dtype=np.uint64)
    apart = keys + ordinals(keys).astype(np.uint64) * GOLDEN
    order = np.argsort(apart, kind="stable")
    return order, apart[order]


def _write(directory: Path, rows: dict[str, tuple[Records, Rows]]) -> None:
    with (directory / DELTA).open("w", encoding="utf-8") as file:
        for sign, (records, numbers) in rows.items():
            for row in sorted(numbers.tolist()):
                file.write(f"{sign} {records.person(row).key}\n")


def keys(directory: Path) -> Iterator[tuple[str, str]]:
    """``added``, ``changed`` or ``removed``, and the key; nothing for a first version."""
    path = directory / DELTA
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield SIGNS[line[0]], line[2:]
