# SPDX-License-Identifier: AGPL-3.0-or-later
"""A disk that loses power: it stops at the n-th change, by an exception or by killing its own process."""

import os
import signal
from pathlib import Path

from watchword.journal.disk import Disk
from watchword.journal.keyfile import LogKey, log_key

ORIGIN = "ledger.example/cut"
KEY: LogKey = log_key(ORIGIN, bytes(32), bytes(range(32)))


class PowerCut(BaseException):
    """Not an Exception, so that nothing can swallow it."""


class FailingDisk(Disk):
    """Counts its steps and stops before the one numbered ``fatal`` (from 1; 0: never)."""

    def __init__(self, root: Path, *, fatal: int = 0, kill: bool = False) -> None:
        super().__init__(root)
        self.steps: list[str] = []
        self._fatal = fatal
        self._kill = kill

    def step(self, what: str) -> None:
        self.steps.append(what)
        if len(self.steps) == self._fatal:
            if self._kill:
                os.kill(os.getpid(), signal.SIGKILL)
            raise PowerCut(what)


def entries(start: int, end: int) -> list[bytes]:
    """Distinct entries, long enough that a bundle spans several pages of the disk."""
    return [f"entry {number} ".encode().ljust(100, b".") for number in range(start, end)]


def tree_of_files(root: Path) -> dict[str, bytes]:
    """Everything public in a log directory."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and ".state" not in path.parts)
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}
