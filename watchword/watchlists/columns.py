# SPDX-License-Identifier: AGPL-3.0-or-later
"""The arrays of a version: each in a file of its own, mapped when it is used."""

from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]

SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
"""Where equal values begin and end in a sorted array."""


def store(directory: Path, name: str, values: NDArray[Any]) -> None:
    """Write one of the arrays, in one step: whoever has mapped the one before keeps it."""
    beside = directory / f"{name}.new.npy"
    np.save(beside, values)
    beside.replace(directory / f"{name}.npy")


def column(directory: Path, name: str) -> NDArray[np.unsignedinteger]:
    """One of the arrays, mapped."""
    mapped: NDArray[np.unsignedinteger] = np.load(
        directory / f"{name}.npy", mmap_mode="r", allow_pickle=False
    )
    return mapped
