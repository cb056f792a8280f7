# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole tile log as one tar, written as it is read; it holds no personal data and may go to anyone."""

import tarfile
from collections.abc import Iterator
from pathlib import Path


def tar_of(directory: Path) -> Iterator[bytes]:
    """The published files of a log: the checkpoint first, so that every tile it needs follows.

    Tiles are never changed, only added, so a log that grows meanwhile still fits the checkpoint read first.
    The sequencer's own folder, hidden by a dot, is left out.
    """
    yield from _member("checkpoint", (directory / "checkpoint").read_bytes())
    for path in sorted((directory / "tile").rglob("*")):
        if path.is_file():
            yield from _member(path.relative_to(directory).as_posix(), path.read_bytes())
    yield bytes(2 * tarfile.BLOCKSIZE)


def _member(name: str, content: bytes) -> Iterator[bytes]:
    """One file; the same mode and time for all, so that equal logs give equal archives."""
    info = tarfile.TarInfo(name)
    info.size = len(content)
    info.mode = 0o644
    yield info.tobuf(tarfile.USTAR_FORMAT)
    yield content
    yield bytes(-len(content) % tarfile.BLOCKSIZE)
