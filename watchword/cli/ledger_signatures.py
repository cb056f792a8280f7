# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spreading the signature checks of an audit over the processors of this machine."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from watchword.core.ledger.audit import Job, Judge, one_by_one, wrong_ones
from watchword.core.sealing.primitives import entry_verify

# Below this many entries, starting processes costs more than it saves.
SMALL = 4096


def judge_for(size: int) -> Judge:
    """How to judge the signatures of a log of ``size`` entries."""
    return one_by_one(entry_verify) if size < SMALL else side_by_side


def side_by_side(jobs: Iterable[Job]) -> Iterator[Sequence[int]]:
    """Judge jobs in worker processes, with few in the air, so that a log of any size needs little memory."""
    workers = os.cpu_count() or 1
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        waiting: deque[multiprocessing.pool.AsyncResult[list[int]]] = deque()
        for job in jobs:
            waiting.append(pool.apply_async(_judge, (job,)))
            if len(waiting) > 4 * workers:
                yield waiting.popleft().get()
        for result in waiting:
            yield result.get()


def _judge(job: Job) -> list[int]:
    return wrong_ones(entry_verify, job)
