# SPDX-License-Identifier: AGPL-3.0-or-later
"""The arrays of a version: each in a file of its own, mapped when it is used."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]


def column(directory: Path, name: str) -> NDArray[np.unsignedinteger]:
    """One of the arrays, mapped."""
    mapped: NDArray[np.unsignedinteger] = np.load(
        directory / f"{name}.npy", mmap_mode="r", allow_pickle=False
    )
    return mapped
