# SPDX-License-Identifier: AGPL-3.0-or-later
"""One file of named arrays: written whole or not at all, mapped into memory, checked by digests.

Three lines of text (what it is; the SHA-256 of the third; a header in JSON) and then the arrays, each at a
multiple of 64 bytes. The header names every array with its type, length, place and SHA-256, so a file that is
cut, foreign or of another make is refused on opening. That no bit of an array has changed takes reading it
all: ``verify`` does.
"""

import json
import mmap
import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watchword.core.refusals import WrongState, sentence

MAGIC = b"watchword index 1\n"
ALIGNMENT = 64
UNFINISHED = ".part"  # the ending of a file that is being written
LONGEST_HEADER = 65536

Array = NDArray[Any]


@dataclass(frozen=True)
class Section:
    """Where one array lies in the file."""

    name: str
    type: str
    length: int
    offset: int
    digest: str

    @property
    def end(self) -> int:
        return self.offset + self.length * np.dtype(self.type).itemsize


@dataclass(frozen=True)
class Container:
    """An opened file. The arrays are views of the mapped pages and keep the file open while they live."""

    path: Path
    facts: Mapping[str, Any]
    sections: tuple[Section, ...]
    pages: memoryview

    def array(self, name: str) -> Array:
        """The array of that name; raises ``WrongState`` if the file has none."""
        for section in self.sections:
            if section.name == name:
                return np.frombuffer(self.pages, section.type, section.length, section.offset)
        raise damaged(self.path)

    def has(self, name: str) -> bool:
        """Whether there is an array of that name."""
        return any(section.name == name for section in self.sections)

    def verify(self) -> None:
        """Read everything; raises ``WrongState`` unless every array is as it was written."""
        for section in self.sections:
            if sha256(self.pages[section.offset : section.end]).hexdigest() != section.digest:
                raise damaged(self.path)


def damaged(path: Path) -> WrongState:
    return WrongState(sentence("%(file)s is damaged or cut short: build it again.", file=path.name))


def aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def octets(array: Array) -> memoryview:
    """The array's own memory, octet by octet."""
    return array.reshape(-1).view(np.uint8).data


def write(path: Path, facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write a file that is either complete or absent, whenever the machine stops."""
    offset, sections = 0, []
    for name, array in arrays.items():
        digest = sha256(octets(array)).hexdigest()
        sections.append([name, array.dtype.str, len(array), offset, digest])
        offset = aligned(offset + array.nbytes)
    header = json.dumps({"facts": facts, "sections": sections}, sort_keys=True).encode() + b"\n"
    head = MAGIC + sha256(header).hexdigest().encode() + b"\n" + header
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        with unfinished.open("wb") as file:
            file.write(head.ljust(aligned(len(head)), b"\n"))
            for array in arrays.values():
                file.write(octets(array))
                file.write(b"\0" * (aligned(array.nbytes) - array.nbytes))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        settle(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> Container:
    """Map a file; raises ``WrongState`` for one that is missing, foreign, cut, or whose head has changed."""
    try:
        with path.open("rb") as file:
            magic, digest, header = file.read(len(MAGIC)), file.readline(65), file.readline(LONGEST_HEADER)
            start, size = aligned(file.tell()), os.fstat(file.fileno()).st_size
            if magic != MAGIC:
                raise WrongState(sentence("%(file)s is not an index of names.", file=path.name))
            if sha256(header).hexdigest().encode() != digest.strip():
                raise damaged(path)
            pages = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError:
        raise WrongState(sentence("The index %(file)s cannot be read.", file=path.name)) from None
    facts, sections = parsed(path, header, start)
    if size != max((aligned(section.end) for section in sections), default=start):
        raise damaged(path)
    return Container(path, facts, sections, pages)


def parsed(path: Path, header: bytes, start: int) -> tuple[Mapping[str, Any], tuple[Section, ...]]:
    """The facts and the places of the arrays, which begin at ``start``."""
    try:
        content = json.loads(header)
        sections = tuple(
            Section(name, np.dtype(type_).str, int(length), start + int(offset), digest)
            for name, type_, length, offset, digest in content["sections"]
        )
        if all(section.length >= 0 and section.offset >= start for section in sections):
            return dict(content["facts"]), sections
    except (KeyError, TypeError, ValueError):
        pass
    raise damaged(path)
