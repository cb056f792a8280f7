# SPDX-License-Identifier: AGPL-3.0-or-later
"""The search itself: the rarest words' lists first, and no list that cannot change the answer any more."""

import numpy as np

from watchword.core.screening.compiled import compiled
from watchword.core.screening.index.heap import empty_into, offer
from watchword.core.screening.index.layout import ANY_WORD, NO_WORD, Arrays
from watchword.core.screening.index.near import INITIAL
from watchword.core.screening.index.plan import (
    EVERY_WORD,
    INITIAL_GAIN,
    MOST_GAIN,
    SPLIT_COST,
    Answer,
    Plan,
    Search,
    Work,
)
from watchword.core.screening.index.postings import code_of
from watchword.core.screening.index.scoring import score
from watchword.core.screening.index.weighing import floor_of, unit_weight, weight_of


@compiled
def most_entries(plan: Plan) -> int:
    """How many findings the query with the most of them has."""
    most = 0
    for query in range(len(plan.unit_start) - 1):
        entries = 0
        for unit in range(plan.unit_start[query], plan.unit_start[query + 1]):
            word = plan.unit[unit].word
            entries += plan.found_start[word + 1] - plan.found_start[word]
            entries += plan.part_start[word + 1] - plan.part_start[word]
        most = max(most, entries)
    return most


@compiled
def add_entry(work: Work, word: int, gain: int, mask: int, need: int) -> None:
    """Note that ``word`` in a name is worth ``gain`` for the query's words in ``mask``."""
    entry = work.state[0].entries
    work.state[0].entries = entry + 1
    work.entry[entry].word, work.entry[entry].gain = word, gain
    work.entry[entry].mask, work.entry[entry].need = mask, need


@compiled
def promise(work: Work, word: int, gain: int) -> None:
    """Let a hint of ``word`` promise at least ``gain``."""
    code = code_of(word)
    work.promise[code] = max(work.promise[code], gain)


@compiled
def lay_out(plan: Plan, work: Work, query: int) -> None:
    """Write down what every finding of the query is worth."""
    state, first = work.state[0], plan.word_start[query]
    state.entries, state.size, state.slack, state.letters = 0, 0, 0, 0
    state.words = plan.word_start[query + 1] - first
    for at in range(state.words):
        if plan.word[first + at].letter > 0:
            state.letters += 1
            state.slack += INITIAL_GAIN
    for unit in range(plan.unit_start[query], plan.unit_start[query + 1]):
        word, mask = plan.unit[unit].word, plan.unit[unit].mask
        weight = unit_weight(plan, query, unit)
        for found in range(plan.found_start[word], plan.found_start[word + 1]):
            cost = plan.found[found].cost
            gain = min(weight - cost if cost != INITIAL else min(INITIAL_GAIN, weight), MOST_GAIN)
            target, entry = plan.found[found].word, state.entries
            add_entry(work, target, max(gain, 0), mask, 0)
            work.entry[entry].following = work.head[target]
            work.head[target] = entry
            promise(work, target, gain)
    state.splits = state.entries
    lay_out_splits(plan, work, query)
    work.promise[ANY_WORD] = MOST_GAIN * 8


@compiled
def lay_out_splits(plan: Plan, work: Work, query: int) -> None:
    """Write down which pairs of words are worth as much as one of the query's."""
    for unit in range(plan.unit_start[query], plan.unit_start[query + 1]):
        word, mask = plan.unit[unit].word, plan.unit[unit].mask
        gain = min(unit_weight(plan, query, unit) - SPLIT_COST, MOST_GAIN)
        if gain <= 0 or mask & (mask - 1):
            continue
        for part in range(plan.part_start[word], plan.part_start[word + 1]):
            left, right, entry = plan.part[part].left, plan.part[part].right, work.state[0].entries
            add_entry(work, left, gain, mask, code_of(right))
            work.entry[entry].following = right  # no chain: a half alone is worth nothing
            promise(work, left, (gain + 1) // 2)
            promise(work, right, (gain + 1) // 2)


@compiled
def wipe(work: Work) -> None:
    """Leave the room as it was before the query."""
    for entry in range(work.state[0].entries):
        work.head[work.entry[entry].word] = -1
        work.promise[code_of(work.entry[entry].word)] = 0
        if entry >= work.state[0].splits:
            work.promise[code_of(work.entry[entry].following)] = 0


@compiled
def order_words(index: Arrays, work: Work) -> None:
    """Put the query's words in the order of how many names their findings stand in."""
    words, names = work.state[0].words, work.names
    for at in range(words):
        names[at] = 0
    for entry in range(work.state[0].entries):
        word = work.entry[entry].word
        if work.entry[entry].gain == 0:
            continue
        size = index.posting_start[word + 1] - index.posting_start[word]
        for at in range(words):
            if (work.entry[entry].mask >> at) & 1:
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
    word, need = work.entry[entry].word, work.entry[entry].need
    certain, threshold = work.entry[entry].gain + work.state[0].slack, work.state[0].threshold
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
            threshold = work.state[0].threshold


@compiled
def scan_group(search: Search, group: int, covered: int) -> None:
    """Go through the lists for one word of the query, the most telling first, while they can matter.

    ``covered`` is the mask of the words whose lists were read before: whoever is in them was seen. So the
    names still unseen have at most the weight of the rest beside what this word gives.
    """
    work, everything = search.work, (1 << search.work.state[0].words) - 1
    rest = weight_of(search.plan, work.state[0].query, everything & ~covered & ~(1 << group), MOST_GAIN)
    for gain in range(MOST_GAIN + 1):
        work.bucket[gain] = -1
    for entry in range(work.state[0].entries):
        mask = work.entry[entry].mask
        if (mask >> group) & 1 and (mask & covered) == 0:
            gain = work.entry[entry].gain
            work.entry[entry].equal = work.bucket[gain]
            work.bucket[gain] = entry
    for gain in range(MOST_GAIN, 0, -1):
        if gain + rest + work.state[0].slack <= work.state[0].threshold:
            return
        entry = work.bucket[gain]
        while entry >= 0:
            scan(search, entry)
            entry = work.entry[entry].equal


@compiled
def search_all(search: Search, answer: Answer) -> int:
    """Answer all queries of the plan: the names that score most, if they are somebody.

    Returns how much room for entries is needed; if there is less, nothing was searched.
    """
    index, plan, work = search
    needed = most_entries(plan)
    if needed > len(work.entry):
        return needed
    for query in range(len(answer.whole)):
        lay_out(plan, work, query)
        answer.whole[query] = weight_of(plan, query, EVERY_WORD, MOST_GAIN)
        work.state[0].query, work.state[0].threshold = query, floor_of(plan, query)
        order_words(index, work)
        covered = 0
        for rank in range(work.state[0].words):
            scan_group(search, work.order[rank], covered)
            covered |= 1 << work.order[rank]
        wipe(work)
        empty_into(work, answer.name[query], answer.score[query])
    return needed
