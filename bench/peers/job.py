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
    answer["resident_mb"] = resident_mb()
    target.write_text(json.dumps(answer))


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


def search_all(queries: list[str], search: Callable[[str], list[int]]) -> Job:
    """Found numbers and seconds of each query; the first query runs once before, unmeasured."""
    search(queries[0])
    found, seconds = [], []
    for query in queries:
        with timed() as took:
            found.append([int(number) for number in search(query)])
        seconds.append(took[0])
    return {"found": found, "seconds": seconds}


def size_mb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
