# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much of a query one listed name answers: the best assignment of its words to the query's."""

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.layout import Arrays
from watchword.core.screening.index.plan import (
    BEGINNING_GAIN,
    CONTRADICTION,
    EXTRA_COST,
    Plan,
    Search,
    Work,
)


@compiled
def assign_word(work: Work, word: int, free: int) -> bool:
    """Let one word of the name stand for words of the query, in every way; says whether it can.

    ``best[mask]`` is the most that the words so far give when they cover ``mask``. Masks are gone through
    from the largest, so that no word is used twice.
    """
    head = work.head[word]
    if head < 0:
        return False
    for mask in range(free, -1, -1):
        gained = work.best[mask]
        if gained < 0:
            continue
        entry = head
        while entry >= 0:
            more = work.entry[entry].mask
            if (mask & more) == 0 and (more & free) == more:
                total = gained + work.entry[entry].gain
                work.best[mask | more] = max(work.best[mask | more], total)
            entry = work.entry[entry].following
    return True


@compiled
def assign_initial(work: Work, plan: Plan, first: int, letter: int, free: int) -> bool:
    """Let a word stand for a query's single letter that it begins with."""
    found = False
    for at in range(work.state[0].words):
        more = 1 << at
        if plan.word[first + at].letter != letter or (more & free) == 0:
            continue
        found = True
        for mask in range(free, -1, -1):
            if work.best[mask] >= 0 and (mask & more) == 0:
                total = work.best[mask] + BEGINNING_GAIN
                work.best[mask | more] = max(work.best[mask | more], total)
    return found


@compiled
def assigned(search: Search, name: int, free: int, skip: int) -> int:
    """The best total over the query's words in ``free``, the name's words in the mask ``skip`` left out."""
    index, plan, work = search
    for mask in range(free + 1):
        work.best[mask] = -1
    work.best[0] = 0
    extra, first = 0, index.name_start[name]
    for at in range(first, index.name_start[name + 1]):
        if at - first < 31 and (skip >> (at - first)) & 1:
            continue
        word = index.name_word[at]
        used = assign_word(work, word, free)
        if work.state[0].letters > 0:
            letter = index.letters[index.word_start[word]]
            used = assign_initial(work, plan, plan.word_start[work.state[0].query], letter, free) or used
        if not used:
            extra += 1
    most = 0
    for mask in range(free + 1):
        if work.best[mask] > 0:
            most = max(most, work.best[mask] - against(search, free & ~mask, extra))
    return most


@compiled
def against(search: Search, left: int, extra: int) -> int:
    """What speaks against a name with ``extra`` words for which the query has none, but those in ``left``.

    A surname may change; another given name is another person. Where the name has too few words to
    contradict all that are left over, it is not said which of them it contradicts.
    """
    _, plan, work = search
    first, words, total = plan.word_start[work.state[0].query], 0, 0
    for at in range(work.state[0].words):
        if (left >> at) & 1:
            words += 1
            total += plan.word[first + at].against
    if words > extra:
        return extra * CONTRADICTION
    return total + (extra - words) * EXTRA_COST


@compiled
def place_of(index: Arrays, name: int, word: int, but: int) -> int:
    """Where in the name a word stands, not at ``but``; -1 if it does not. The first 31 words count."""
    first = index.name_start[name]
    for at in range(min(index.name_start[name + 1] - first, 31)):
        if index.name_word[first + at] == word and at != but:
            return at
    return -1


@compiled
def score(search: Search, name: int) -> int:
    """The evidence, in quarter bits, that this name is the one asked for.

    A word of the query which the name writes as two counts if both are there, for one word of the query.
    """
    index, _, work = search
    everything = (1 << work.state[0].words) - 1
    most = assigned(search, name, everything, 0)
    for split in range(work.state[0].splits, work.state[0].entries):
        left = place_of(index, name, work.entry[split].word, -1)
        if left < 0:
            continue
        right = place_of(index, name, work.entry[split].following, left)
        if right < 0:
            continue
        free = everything & ~work.entry[split].mask
        rest = assigned(search, name, free, (1 << left) | (1 << right))
        most = max(most, rest + work.entry[split].gain)
    return most
