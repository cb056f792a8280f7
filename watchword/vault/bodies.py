# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealed bodies on disk: each file is named by the SHA-256 of its bytes, written once and never changed."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from watchword.core.refusals import WrongState, sentence

CHUNK = 256 * 1024


@dataclass(frozen=True)
class Body:
    """What the database keeps of a body file."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Where the body with this hash lies; two levels of folders keep directories small."""
    return Path(settings.WATCHWORD_VAULT_DIR) / sha256[:2] / sha256[2:4] / sha256


def write(chunks: Iterable[bytes]) -> Body:
    """Write a body so that it is wholly there under its name, or not there at all."""
    root = Path(settings.WATCHWORD_VAULT_DIR)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file 0600 before the first byte is in it.
    descriptor, name = tempfile.mkstemp(prefix="incoming-", dir=root)
    try:
        with os.fdopen(descriptor, "wb") as file:
            body = _copy(chunks, file.write)
            file.flush()
            os.fsync(file.fileno())
        _publish(Path(name), path_of(body.sha256))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return body


def remove(sha256: str) -> None:
    """Take a body away; nothing happens when it is gone already."""
    path_of(sha256).unlink(missing_ok=True)


def check(sha256: str) -> None:
    """The file is there and its bytes are those that were stored; otherwise a sentence names the file."""
    digest = hashlib.sha256()
    for chunk in read(sha256):
        digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise WrongState(
            sentence(
                "The sealed file %(name)s was altered on disk. Nothing was opened. Restore it from a backup.",
                name=sha256,
            )
        )


def read(sha256: str) -> Iterator[bytes]:
    """The body in pieces."""
    try:
        file = path_of(sha256).open("rb")
    except FileNotFoundError:
        raise WrongState(
            sentence(
                "The sealed file %(name)s is missing from the vault. Restore it from a backup.", name=sha256
            )
        ) from None
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _copy(chunks: Iterable[bytes], put: Callable[[bytes], int]) -> Body:
    digest = hashlib.sha256()
    size = 0
    for chunk in chunks:
        digest.update(chunk)
        size += put(chunk)
    return Body(digest.hexdigest(), size)


def _publish(temporary: Path, final: Path) -> None:
    final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary.rename(final)
    # The names are durable only once their folders are; the first body in a folder makes two new ones.
    for folder in (final.parent, final.parent.parent, final.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
