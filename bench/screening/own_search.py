# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our index asked name by name, in a process of its own that measures its memory."""

from pathlib import Path

from bench.peers.job import Job, search_all, serve, timed
from watchword.core import names
from watchword.watchlists.segments import Index


def work(job: Job) -> Job:
    """Each question is folded, too, within the time that is taken: it comes as an applicant wrote it."""
    names.lexicon()
    with timed() as took:
        index = Index.open([Path(job["index"], "names.segment")])
    limit = job["limit"]

    def search(text: str) -> list[int]:
        found: list[int] = index.search(names.skeletons(text), limit)[0].tolist()
        return found

    return search_all(job, search) | {"open_seconds": took[0]}


if __name__ == "__main__":
    serve(work)
