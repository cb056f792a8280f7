# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the courier hands over: the sealed pieces of one parcel, and what kind of parcel it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from watchword.core.procedure.profile import Profile
from watchword.core.refusals import WrongState, sentence

ParcelKind = Literal["application", "letter", "withdrawal"]
PARCEL_KINDS: tuple[str, ...] = get_args(ParcelKind)

_UID = re.compile(r"[0-9a-f]{32}")
# What an applicant sends. Without it a taken Gate could plant kinds of our own: evidence, votes, letters.
_ENTRIES: Mapping[ParcelKind, re.Pattern[str]] = {
    "application": re.compile(r"meta|attachment|attachment-name|section:[a-z0-9_-]{1,48}"),
    "letter": re.compile(r"answer"),
    "withdrawal": re.compile(r"withdrawal"),
}
_MOST_ENTRIES: Mapping[ParcelKind, int] = {"application": 64, "letter": 1, "withdrawal": 1}
CHUNK = 256 * 1024


@dataclass(frozen=True)
class ParcelEntry:
    """One sealed age file; ``body`` is the whole file, in memory or on disk while it is being handed over."""

    compartment: str
    kind: str
    revision: int
    body: Path | bytes

    def chunks(self) -> Iterator[bytes]:
        """The age file in pieces, so that a large attachment never lies in memory whole."""
        if isinstance(self.body, bytes):
            yield self.body
            return
        with self.body.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


@dataclass(frozen=True)
class Parcel:
    """Everything that one act of sending produced at the Gate; ``uid`` and ``case`` are 32 hex digits."""

    uid: str
    case: str
    kind: ParcelKind
    entries: tuple[ParcelEntry, ...]


def check_parcel(parcel: Parcel, kind: ParcelKind, profile: Profile) -> None:
    """Refuse a parcel that no Gate of ours would send; whoever took over a Gate can make up the rest."""
    wrong = WrongState(sentence("The parcel is not in order, so nothing of it was taken in."))
    if parcel.kind != kind or not _UID.fullmatch(parcel.uid) or not _UID.fullmatch(parcel.case):
        raise wrong
    if not 1 <= len(parcel.entries) <= _MOST_ENTRIES[kind]:
        raise wrong
    for entry in parcel.entries:
        if (
            entry.compartment not in profile.compartments
            or not _ENTRIES[kind].fullmatch(entry.kind)
            or entry.revision < 0
        ):
            raise wrong
