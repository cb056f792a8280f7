# SPDX-License-Identifier: AGPL-3.0-or-later
"""The memory that this process and its children hold together, watched while they work."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY = 0.2  # seconds


@contextmanager
def watched() -> Iterator[list[float]]:
    """Put the most megabytes seen into the list; a page that several hold counts once."""
    most, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(EVERY):
            most[0] = max(most[0], sum(megabytes(process) for process in family(os.getpid())))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def family(process: int) -> list[int]:
    """A process with its children and theirs; those that end meanwhile are left out."""
    found = [process]
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += family(int(child))
    return found


def megabytes(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return float(text.split("Pss:")[1].split()[0]) / 1024
