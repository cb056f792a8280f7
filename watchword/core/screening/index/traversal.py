# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search itself: the rarest words' lists first, and no list that cannot change the answer any more."""

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.heap import empty_into, offer
from watchword.core.screening.index.layout import ANY_WORD, NO_WORD, Arrays
from watchword.core.screening.index.near import INITIAL
from watchword.core.screening.index.plan import (
    ENTRIES,
    FIRST_SPLIT,
    HEAP,
    INITIAL_GAIN,
    JOIN_COST,
    LETTERS,
    MOST_GAIN,
    QUERY,
    SLACK,
    SPLIT_COST,
    THRESHOLD,
    WORDS,
    Answer,
    Plan,
    Search,
    Work,
)
from watchword.core.screening.index.postings import code_of
from watchword.core.screening.index.scoring import score


@compiled
def weight_of(plan: Plan, query: int, mask: int) -> int:
    """The weight of the query's words in ``mask`` together."""
    total = 0
    for at in range(plan.word_start[query + 1] - plan.word_start[query]):
        if (mask >> at) & 1:
            total += plan.weight[plan.word_start[query] + at]
    return total


@compiled
def add_entry(work: Work, word: int, gain: int, mask: int, need: int) -> None:
    """Note that ``word`` in a name is worth ``gain`` for the query's words in ``mask``."""
    entry = work.state[ENTRIES]
    work.state[ENTRIES] = entry + 1
    work.entry_word[entry], work.entry_gain[entry] = word, gain
    work.entry_mask[entry], work.entry_need[entry] = mask, need


@compiled
def promise(work: Work, word: int, gain: int) -> None:
    """Let a hint of ``word`` promise at least ``gain``."""
    code = code_of(word)
    work.promise[code] = max(work.promise[code], gain)


@compiled
def lay_out(plan: Plan, work: Work, query: int) -> None:
    """Write down what every finding of the query is worth."""
    state, first = work.state, plan.word_start[query]
    state[ENTRIES], state[HEAP], state[SLACK], state[LETTERS] = 0, 0, 0, 0
    state[WORDS] = plan.word_start[query + 1] - first
    for at in range(state[WORDS]):
        if plan.letter[first + at] > 0:
            state[LETTERS] += 1
            state[SLACK] += INITIAL_GAIN
    for unit in range(plan.unit_start[query], plan.unit_start[query + 1]):
        word, mask = plan.unit_word[unit], plan.unit_mask[unit]
        weight = weight_of(plan, query, mask)
        if mask & (mask - 1):
            weight -= JOIN_COST
        for found in range(plan.found_start[word], plan.found_start[word + 1]):
            cost = plan.found_cost[found]
            gain = min(weight - cost if cost != INITIAL else min(INITIAL_GAIN, weight), MOST_GAIN)
            if gain > 0:
                target, entry = plan.found_word[found], state[ENTRIES]
                add_entry(work, target, gain, mask, 0)
                work.entry_next[entry] = work.head[target]
                work.head[target] = entry
                promise(work, target, gain)
    state[FIRST_SPLIT] = state[ENTRIES]
    lay_out_splits(plan, work, query)
    work.promise[ANY_WORD] = MOST_GAIN * 8


@compiled
def lay_out_splits(plan: Plan, work: Work, query: int) -> None:
    """Write down which pairs of words are worth as much as one of the query's."""
    for unit in range(plan.unit_start[query], plan.unit_start[query + 1]):
        word, mask = plan.unit_word[unit], plan.unit_mask[unit]
        gain = min(weight_of(plan, query, mask) - SPLIT_COST, MOST_GAIN)
        if gain <= 0 or mask & (mask - 1):
            continue
        for part in range(plan.part_start[word], plan.part_start[word + 1]):
            left, right, entry = plan.part_left[part], plan.part_right[part], work.state[ENTRIES]
            add_entry(work, left, gain, mask, code_of(right))
            work.entry_next[entry] = right  # no chain: a half alone is worth nothing
            promise(work, left, (gain + 1) // 2)
            promise(work, right, (gain + 1) // 2)


@compiled
def wipe(work: Work) -> None:
    """Leave the room as it was before the query."""
    for entry in range(work.state[ENTRIES]):
        work.head[work.entry_word[entry]] = -1
        work.promise[code_of(work.entry_word[entry])] = 0
        if entry >= work.state[FIRST_SPLIT]:
            work.promise[code_of(work.entry_next[entry])] = 0


@compiled
def order_words(index: Arrays, work: Work) -> None:
    """Put the query's words in the order of how many names their findings stand in."""
    words = work.state[WORDS]
    names = np.zeros(words, dtype=np.int64)
    for entry in range(work.state[ENTRIES]):
        word = work.entry_word[entry]
        size = index.posting_start[word + 1] - index.posting_start[word]
        for at in range(words):
            if (work.entry_mask[entry] >> at) & 1:
                names[at] += size
    for at in range(words):
        place = at
        while place > 0 and names[work.order[place - 1]] > names[at]:
            work.order[place] = work.order[place - 1]
            place -= 1
        work.order[place] = at


@compiled
def scan(search: Search, entry: int) -> None:
    """Go through one word's list.

    The hint beside each name bounds what its other words can add, so that few names are opened. That bound
    counts a word twice if two of the name's words could stand for it: it errs upward only.
    """
    index, _, work = search
    word, need = work.entry_word[entry], work.entry_need[entry]
    certain, threshold = work.entry_gain[entry] + work.state[SLACK], work.state[THRESHOLD]
    for place in range(index.posting_start[word], index.posting_start[word + 1]):
        hint = np.int64(index.posting_hint[place])
        low, high = hint & 0xFFFF, hint >> 16
        if certain + work.promise[low] + work.promise[high] <= threshold:
            continue
        if need not in (NO_WORD, low, high) and high != ANY_WORD:
            continue
        name = index.posting_name[place]
        found = score(search, name)
        if found > threshold:
            offer(work, name, found)
            threshold = work.state[THRESHOLD]


@compiled
def scan_group(search: Search, group: int, covered: int) -> None:
    """Go through the lists for one word of the query, the most telling first, while they can matter.

    ``covered`` is the mask of the words whose lists were read before: whoever is in them was seen. So the
    names still unseen have at most the weight of the rest beside what this word gives.
    """
    work, everything = search.work, (1 << search.work.state[WORDS]) - 1
    rest = weight_of(search.plan, work.state[QUERY], everything & ~covered & ~(1 << group))
    for gain in range(MOST_GAIN + 1):
        work.bucket[gain] = -1
    for entry in range(work.state[ENTRIES]):
        mask = work.entry_mask[entry]
        if (mask >> group) & 1 and (mask & covered) == 0:
            gain = work.entry_gain[entry]
            work.bucket_next[entry] = work.bucket[gain]
            work.bucket[gain] = entry
    for gain in range(MOST_GAIN, 0, -1):
        if gain + rest + work.state[SLACK] <= work.state[THRESHOLD]:
            return
        entry = work.bucket[gain]
        while entry >= 0:
            scan(search, entry)
            entry = work.bucket_next[entry]


@compiled
def answer_one(search: Search, query: int, floor: int) -> None:
    """Fill the heap with the names that answer the query best, if they score more than ``floor``."""
    index, plan, work = search
    work.state[QUERY], work.state[THRESHOLD] = query, floor
    lay_out(plan, work, query)
    order_words(index, work)
    covered = 0
    for rank in range(work.state[WORDS]):
        scan_group(search, work.order[rank], covered)
        covered |= 1 << work.order[rank]
    wipe(work)


@compiled
def search_all(search: Search, answer: Answer) -> None:
    """Answer all queries of the plan."""
    for query in range(len(answer.floor)):
        answer_one(search, query, answer.floor[query])
        empty_into(search.work, answer.name[query], answer.score[query])
