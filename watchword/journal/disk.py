# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every call by which the log's directory changes, so that tests can cut the power before any one of them."""

import os
from collections.abc import Iterable
from pathlib import Path


class Disk:
    """A directory, written through few primitive steps; paths are relative, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def step(self, what: str) -> None:
        """Called before each change with a word for it; nothing here, a fault in tests."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None when there is none."""
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def stamp(self, path: str) -> tuple[int, int, int] | None:
        """What changes whenever another process replaces or appends to a file."""
        try:
            found = os.stat(self.root / path)
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def make_directory(self, path: str) -> None:
        """Make a directory and those above it; sync them before relying on it."""
        if not (self.root / path).is_dir():
            self.step(f"mkdir {path}")
            (self.root / path).mkdir(parents=True, exist_ok=True)

    def replace(self, path: str, data: bytes, *, spare: str) -> None:
        """Put ``data`` at ``path`` in one instant: readers see the old file or the new one, whole."""
        self.make_directory(str(Path(path).parent))
        self.step(f"write {spare} for {path}")
        (self.root / spare).write_bytes(data)
        self.rename(spare, path)

    def rename(self, spare: str, path: str) -> None:
        """Give a file another name, in place of whatever had it."""
        self.step(f"rename to {path}")
        os.replace(self.root / spare, self.root / path)

    def append_durably(self, path: str, data: bytes) -> None:
        """Add ``data`` at the end of a file and wait until the disk has it."""
        self.step(f"append to {path}")
        with open(self.root / path, "ab", buffering=0) as file:
            # Two writes, so that a test can stop between them and leave a torn record behind.
            file.write(data[: len(data) // 2])
            self.step(f"append the rest to {path}")
            file.write(data[len(data) // 2 :])
            self.step(f"sync {path}")
            os.fdatasync(file.fileno())

    def cut(self, path: str, length: int) -> None:
        """Shorten a file to ``length`` bytes and wait until the disk has it."""
        self.step(f"cut {path}")
        with open(self.root / path, "r+b") as file:
            file.truncate(length)
            os.fsync(file.fileno())

    def remove(self, path: str) -> None:
        """Remove a file, if it is there."""
        self.step(f"remove {path}")
        (self.root / path).unlink(missing_ok=True)

    def sync(self, paths: Iterable[str]) -> None:
        """Wait until the disk has these files, where they exist, and the names of all above them."""
        directories: set[Path] = set()
        for path in paths:
            self.step(f"sync {path}")
            _fsync(self.root / path)
            directories.update(above for above in Path(path).parents)
        for directory in sorted(directories, reverse=True):
            self.step(f"sync {directory}/")
            _fsync(self.root / directory)


def _fsync(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
