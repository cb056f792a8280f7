# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that are there whole or not at all, and one writer at a time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from watchword.core.refusals import WrongState, sentence

LOCK = ".lock"
PIECE = 2**20


def write_whole(path: Path, text: str) -> None:
    """Replace the file in one step; after a power cut it holds the old text or the new."""
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make what was renamed in a directory last."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_files(directory: Path) -> None:
    """Make every file below a directory last."""
    for path in sorted(directory.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_directory(directory)


def remove(directory: Path) -> None:
    """Forget a directory and all that is in it, if it is there."""
    if directory.exists():
        shutil.rmtree(directory)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    found = sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Nobody else writes below ``directory`` meanwhile; refused at once when somebody does.

    The lock falls with the process that holds it, however that ends.
    """
    with (directory / LOCK).open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WrongState(sentence("Somebody else is changing this list at this moment.")) from None
        yield
