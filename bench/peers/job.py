# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a peer is given its work and answers: one file of JSON in, one out, names beside, one a line."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Job = dict[str, Any]


def serve(work: Callable[[Job], Job]) -> None:
    """Run ``work`` on the job that the command line names and write down what it answered."""
    source, target = map(Path, sys.argv[1:3])
    answer = work(json.loads(source.read_text()))
    target.write_text(json.dumps({"resident_mb": resident_mb()} | answer))


def names(job: Job) -> list[str]:
    """The listed names of the job, in the order of their numbers."""
    return Path(job["names"]).read_text().splitlines()


def resident_mb() -> float:
    """The most memory that this process ever held; getrusage would count what its parent held, too."""
    status = Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


@contextmanager
def timed() -> Iterator[list[float]]:
    """Put the seconds that the block takes into the list."""
    took = [0.0]
    began = time.perf_counter()
    yield took
    took[0] = time.perf_counter() - began


def search_all(job: Job, search: Callable[[str], list[int]]) -> Job:
    """Found numbers and seconds of each question of each group; one question runs before, unmeasured."""
    answers: Job = {}
    for group, texts in job["groups"].items():
        search(texts[-1])
        found, seconds = [], []
        for text in texts:
            with timed() as took:
                rows = search(text)
            found.append([int(row) for row in rows])
            seconds.append(took[0])
        answers[group] = {"found": found, "seconds": seconds}
    return {"groups": answers}


def size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
