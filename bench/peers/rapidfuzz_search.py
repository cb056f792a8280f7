# SPDX-License-Identifier: AGPL-3.0-or-later
"""RapidFuzz over skeletons: a scan of everything for each query."""

from rapidfuzz import fuzz, process

from bench.peers.job import Job, names, search_all, serve


def work(job: Job) -> Job:
    listed = [" ".join(sorted(name.split())) for name in names(job)]

    def search(text: str) -> list[int]:
        asked = " ".join(sorted(text.split()))
        return [row for _, _, row in process.extract(asked, listed, scorer=fuzz.ratio, limit=job["limit"])]

    return search_all(job, search) | {"build_seconds": 0.0, "index_mb": 0.0}


if __name__ == "__main__":
    serve(work)
