# SPDX-License-Identifier: AGPL-3.0-or-later
"""The best names so far, the worst of them on top."""

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import Int32
from watchword.core.screening.index.plan import HEAP, THRESHOLD, Work


@compiled
def holds(work: Work, name: int) -> bool:
    """Whether this name is among the best already; a name stands in the lists of all its words."""
    for at in range(work.state[HEAP]):  # noqa: SIM110 - the compiler knows loops, not generators
        if work.heap_name[at] == name:
            return True
    return False


@compiled
def exchange(work: Work, one: int, two: int) -> None:
    names, scores = work.heap_name, work.heap_score
    names[one], names[two] = names[two], names[one]
    scores[one], scores[two] = scores[two], scores[one]


@compiled
def sink(work: Work, at: int, size: int) -> None:
    """Move one down until nothing below it is worse."""
    while True:
        below = 2 * at + 1
        if below >= size:
            return
        if below + 1 < size and work.heap_score[below + 1] < work.heap_score[below]:
            below += 1
        if work.heap_score[at] <= work.heap_score[below]:
            return
        exchange(work, at, below)
        at = below


@compiled
def rise(work: Work, at: int) -> None:
    """Move one up until nothing above it is better."""
    while at > 0 and work.heap_score[(at - 1) // 2] > work.heap_score[at]:
        exchange(work, at, (at - 1) // 2)
        at = (at - 1) // 2


@compiled
def offer(work: Work, name: int, score: int) -> None:
    """Keep a name that exceeds the threshold, if it is new; a full heap sets the threshold for the next."""
    size, limit = work.state[HEAP], len(work.heap_name)
    if holds(work, name):
        return
    if size < limit:
        work.heap_name[size], work.heap_score[size] = name, score
        work.state[HEAP] = size + 1
        rise(work, size)
        size += 1
    else:
        work.heap_name[0], work.heap_score[0] = name, score
        sink(work, 0, size)
    if size == limit:
        work.state[THRESHOLD] = work.heap_score[0]


@compiled
def empty_into(work: Work, names: Int32, scores: Int32) -> None:
    """Write the best names out, best first, and among equals the one that was listed first."""
    size = work.state[HEAP]
    for at in range(size):
        name, score = work.heap_name[at], work.heap_score[at]
        place = at
        while place > 0 and (
            scores[place - 1] < score or (scores[place - 1] == score and names[place - 1] > name)
        ):
            names[place], scores[place] = names[place - 1], scores[place - 1]
            place -= 1
        names[place], scores[place] = name, score
