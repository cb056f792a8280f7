# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the courier hands over: the sealed pieces of one parcel, and what kind of parcel it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

ParcelKind = Literal["application", "letter", "withdrawal"]
PARCEL_KINDS: tuple[str, ...] = get_args(ParcelKind)


@dataclass(frozen=True)
class ParcelEntry:
    """One sealed age file; ``body`` is the whole file, in memory or on disk while it is being handed over."""

    compartment: str
    kind: str
    revision: int
    body: Path | bytes


@dataclass(frozen=True)
class Parcel:
    """Everything that one act of sending produced at the Gate; ``uid`` and ``case`` are 32 hex digits."""

    uid: str
    case: str
    kind: ParcelKind
    entries: tuple[ParcelEntry, ...]
