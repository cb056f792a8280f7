# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the courier hands over: the sealed pieces of one parcel, and what kind of parcel it is."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from watchword.core.procedure.custody import SEATS
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import QuestionType, Section
from watchword.core.refusals import WrongState, sentence

# In the order in which they are taken in: a call for help before everything that can wait.
ParcelKind = Literal["application", "alarm", "consent", "letter", "section", "withdrawal"]
PARCEL_KINDS: tuple[str, ...] = get_args(ParcelKind)

_UID = re.compile(r"[0-9a-f]{32}")
_MOST_ENTRIES: Mapping[ParcelKind, int] = {"application": 64, "letter": 64, "section": 64}
# What both databases hold in a column of small whole numbers.
_LARGEST_REVISION = 2**31 - 1
CALLS = frozenset({"alarm", "consent"})
ROUTING = "routing"
BY_HAND = "by-hand"
FILE = "file:"
SECTION = "section:"
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
    if not 1 <= len(parcel.entries) <= _MOST_ENTRIES.get(kind, 1):
        raise wrong
    if kind == "section" and not _is_one_whole_section(parcel, profile):
        raise wrong
    places = _places(kind, profile)
    for entry in parcel.entries:
        if entry.compartment not in places.get(entry.kind, ()):
            raise wrong
        if not 0 <= entry.revision <= _LARGEST_REVISION:
            raise wrong
    if len({(entry.compartment, entry.kind, entry.revision) for entry in parcel.entries}) < len(
        parcel.entries
    ):
        raise wrong


def _is_one_whole_section(parcel: Parcel, profile: Profile) -> bool:
    """Whether each of one section's readers gets a part, once: no more was sealed in one act.

    Seats are not counted here. Too few shares keep an answer shut, and leaving it at the Gate would lose it:
    it is taken in, and whoever looks at the case sees that it cannot be opened.
    """
    sections = [one for one in profile.questionnaire.every_section if one.id in sections_in(parcel)]
    places = [(f"{SECTION}{one.id}", compartment) for one in sections for compartment in one.compartments]
    answers = [(one.kind, one.compartment) for one in parcel.entries if one.compartment not in SEATS]
    return len(sections) == 1 and sorted(answers) == sorted(places)


def sections_in(parcel: Parcel) -> frozenset[str]:
    """The sections of the questionnaire that this parcel carries."""
    kinds = [entry.kind for entry in parcel.entries]
    return frozenset(kind.removeprefix(SECTION) for kind in kinds if kind.startswith(SECTION))


def _places(kind: ParcelKind, profile: Profile) -> Mapping[str, Collection[str]]:
    """What an applicant sends in such a parcel, and into which compartments.

    Without the list a taken Gate could plant kinds of our own, such as evidence, votes or letters; without
    the compartments it could have a part read by people whom the applicant was not told of.
    """
    if kind == "letter":
        compartments = {stage.replies_to for stage in profile.stages}
        return {"answer": compartments, **_files(profile, compartments)}
    if kind in CALLS:
        return {kind: {profile.calls.compartment}}
    if kind == "withdrawal":
        return {"withdrawal": {ROUTING}}
    if kind == "section":
        return _written(profile.questionnaire.every_section)
    sections = profile.questionnaire.application
    files = {
        section.compartment
        for section in sections
        for question in section.questions
        if question.type is QuestionType.FILE
    }
    return {**_written(sections), "meta": {ROUTING}, BY_HAND: {ROUTING}, **_files(profile, files)}


def _files(profile: Profile, compartments: Collection[str]) -> dict[str, Collection[str]]:
    return {f"{FILE}{number}": compartments for number in range(1, profile.attachments + 1)}


def _written(sections: Iterable[Section]) -> dict[str, Collection[str]]:
    """Any seat gets a share, also one that came with another version of the profile than the case's."""
    return {
        f"{SECTION}{section.id}": (*section.compartments, *(SEATS if section.seats else ()))
        for section in sections
    }
