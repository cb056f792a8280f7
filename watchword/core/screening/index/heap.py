# SPDX-License-Identifier: AGPL-3.0-or-later
"""The best names so far, the worst of them on top."""

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import Int32
from watchword.core.screening.index.plan import Work


@compiled
def holds(work: Work, name: int) -> bool:
    """Whether this name is among the best already; a name stands in the lists of all its words."""
    for at in range(work.state[0].size):  # noqa: SIM110 - the compiler knows loops, not generators
        if work.heap[at].name == name:
            return True
    return False


@compiled
def exchange(work: Work, one: int, two: int) -> None:
    name, score = work.heap[one].name, work.heap[one].score
    work.heap[one].name, work.heap[one].score = work.heap[two].name, work.heap[two].score
    work.heap[two].name, work.heap[two].score = name, score


@compiled
def sink(work: Work, at: int, size: int) -> None:
    """Move one down until nothing below it is worse."""
    while True:
        below = 2 * at + 1
        if below >= size:
            return
        if below + 1 < size and work.heap[below + 1].score < work.heap[below].score:
            below += 1
        if work.heap[at].score <= work.heap[below].score:
            return
        exchange(work, at, below)
        at = below


@compiled
def rise(work: Work, at: int) -> None:
    """Move one up until nothing above it is better."""
    while at > 0 and work.heap[(at - 1) // 2].score > work.heap[at].score:
        exchange(work, at, (at - 1) // 2)
        at = (at - 1) // 2


@compiled
def offer(work: Work, name: int, score: int) -> None:
    """Keep a name that exceeds the threshold, if it is new; a full heap sets the threshold for the next."""
    size, limit = work.state[0].size, len(work.heap)
    if holds(work, name):
        return
    if size < limit:
        work.heap[size].name, work.heap[size].score = name, score
        work.state[0].size = size + 1
        rise(work, size)
        size += 1
    else:
        work.heap[0].name, work.heap[0].score = name, score
        sink(work, 0, size)
    if size == limit:
        work.state[0].threshold = work.heap[0].score


@compiled
def empty_into(work: Work, names: Int32, scores: Int32) -> None:
    """Write the best names out, best first, and among equals the one that was listed first."""
    size = work.state[0].size
    for at in range(size):
        name, score = work.heap[at].name, work.heap[at].score
        place = at
        while place > 0 and (
            scores[place - 1] < score or (scores[place - 1] == score and names[place - 1] > name)
        ):
            names[place], scores[place] = names[place - 1], scores[place - 1]
            place -= 1
        names[place], scores[place] = name, score
