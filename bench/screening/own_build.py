# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our index built from a file of names, in a process of its own that measures its memory."""

from pathlib import Path

from bench.peers.job import Job, serve, size_mb, timed
from watchword.core import names
from watchword.watchlists.segments import SegmentWriter


def work(job: Job) -> Job:
    """From names as they are written, one a line, to a finished segment: reading and folding included."""
    folder = Path(job["index"])
    folder.mkdir(exist_ok=True)
    with timed() as took, Path(job["names"]).open() as lines:
        writer = SegmentWriter(folder / "names.segment")
        for number, line in enumerate(lines):
            writer.add(number, names.skeletons(line))
        writer.finish()
    return {"build_seconds": took[0], "index_mb": size_mb(folder)}


if __name__ == "__main__":
    serve(work)
