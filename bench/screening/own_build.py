# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our index built from a file of names, in a process of its own that measures its memory."""

from pathlib import Path

from bench.peers.job import Job, serve, size_mb, timed
from bench.screening.memory import watched
from watchword.watchlists.segments import build_from_names


def work(job: Job) -> Job:
    """From names as they are written, one a line, to a finished segment: reading and folding included."""
    folder = Path(job["index"])
    folder.mkdir(exist_ok=True)
    with watched() as most, timed() as took, Path(job["names"]).open() as lines:
        build_from_names(folder / "names.segment", lines, processes=2)
    return {"build_seconds": took[0], "index_mb": size_mb(folder), "resident_mb": most[0]}


if __name__ == "__main__":
    serve(work)
