# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every call by which the key store's folders change, so that tests can cut the power before each of them."""

import os
from pathlib import Path

from watchword.core.sealing.primitives import random_bytes


class Disk:
    """Few primitive steps, each durable when it returns."""

    def step(self, what: str) -> None:
        """Called before each change with a word for it; nothing here, a fault in tests."""

    def write(self, path: Path, data: bytes) -> None:
        """A file that only its owner reads; in the place of one that an interrupted change left."""
        self.step(f"make {path.name}")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            self.step(f"write {path.name}")
            file.write(data)
            file.flush()
            self.step(f"sync {path.name}")
            os.fsync(file.fileno())
        self._sync_folder(path.parent)

    def rename(self, spare: Path, path: Path) -> None:
        """Give a file another name in the same folder."""
        self.step(f"rename to {path.name}")
        spare.rename(path)
        self._sync_folder(path.parent)

    def append(self, path: Path, data: bytes) -> None:
        """Add ``data`` at the end of a file."""
        self.step(f"append to {path.name}")
        with path.open("ab", buffering=0) as file:
            # Two writes, so that a test can stop between them and leave a torn key behind.
            file.write(data[: len(data) // 2])
            self.step(f"append the rest to {path.name}")
            file.write(data[len(data) // 2 :])
            self.step(f"sync {path.name}")
            os.fdatasync(file.fileno())

    def cut(self, path: Path, length: int) -> None:
        """Shorten a file."""
        self.step(f"cut {path.name}")
        with path.open("r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())

    def destroy(self, path: Path) -> None:
        """Write chance over a file, then remove it.

        On a spinning disk that is the end of it. An SSD, or a file system that copies on write, may keep the
        old block: docs/spec/keystore.md says where the root must lie for that to be of no use to anybody.
        """
        self.step(f"overwrite {path.name}")
        with path.open("r+b") as file:
            file.write(random_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        self.remove(path)

    def remove(self, path: Path) -> None:
        """Remove a file that nobody can read any more."""
        self.step(f"remove {path.name}")
        path.unlink()
        self._sync_folder(path.parent)

    def _sync_folder(self, folder: Path) -> None:
        self.step(f"sync {folder.name}/")
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
