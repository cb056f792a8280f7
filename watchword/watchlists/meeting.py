# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which words of a crowd may stand for which listed words, each distinct word looked up once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, permutations

import numpy as np

from watchword.core.names.lexicon import UNKNOWN
from watchword.core.screening.arrays import Float64, Int32, Ragged
from watchword.core.screening.compare.glue import SHORTEST
from watchword.core.screening.compare.levels import GLUED
from watchword.core.screening.compare.weights import Weights
from watchword.core.screening.crowd.gains import weigh_units
from watchword.core.screening.crowd.layout import Meeting, Named
from watchword.core.screening.encoding import Encoder, running
from watchword.core.screening.index import Collector, Searcher
from watchword.core.screening.index.asking import ask
from watchword.watchlists.pairs import Pairs, distinct, spread

ROLES = 32  # a unit is a token times as many, plus its role
AT_ONCE = 20_000
LEAST_PART = 3
HEAD, LONG = 4, 10  # letters that a word begins with, and that two words have at least when written as one
A_LITTLE = 1e-9  # bits that tell a word which meets from one that does not

Numbers = dict[str, int]


def meeting(words: Sequence[str], names: Named, units: Int32, encoder: Encoder, weights: Weights) -> Meeting:
    """What each of ``words`` may be worth with the units; ``names`` are the listed ones."""
    table, tokens = encoder.table, np.unique(units // ROLES)
    texts = {table.skeleton(token): token for token in tokens.tolist()}
    word, token = near_words(words, sorted(texts), encoder)
    token = np.array([texts[text] for text in sorted(texts)], dtype=np.int64)[token]
    first, last = (np.searchsorted(units // ROLES, token, side=side) for side in ("left", "right"))
    which, unit = spread(first, last)
    word, token = word[which], token[which]
    row = np.full(len(words), -1, dtype=np.int32)
    met = np.unique(word)
    row[met] = [table.row(words[number]) for number in met.tolist()]
    gain = np.empty(len(word))
    pairs = np.stack((row[word], token), axis=1).astype(np.int32)
    weigh_units(table.arrays, weights, pairs, (units % ROLES).astype(np.int8)[unit], gain)
    texts_of_units = [table.skeleton(token) for token in (units // ROLES).tolist()]
    whole = chain(glued_words(words, names, texts_of_units), long_words(words, texts_of_units, encoder))
    glued = np.array(sorted(set(whole)), dtype=np.int64).reshape(-1, 2)
    most = max(0.0, float((weights.word[:, GLUED] + weights.rarity[GLUED] * weights.rarest).max()))
    return gathered(
        len(words),
        np.concatenate((word, glued[:, 0])),
        np.concatenate((unit, glued[:, 1])),
        np.concatenate((gain, np.full(len(glued), most))),
    )


def gathered(words: int, word: Int32, unit: Int32, gain: Float64) -> Meeting:
    """The same rows in the order of the words. What is worth nothing still meets: a date may outweigh it."""
    order = np.argsort(word, kind="stable")
    word, unit, gain = word[order], unit[order], np.maximum(gain[order], A_LITTLE)
    most = np.zeros(words)
    np.maximum.at(most, word, gain)
    start = running(np.bincount(word, minlength=words).tolist())
    return Meeting(Ragged(start, unit.astype(np.int32)), gain, most)


def near_words(words: Sequence[str], listed: Sequence[str], encoder: Encoder) -> Pairs:
    """Pairs of a word and a listed one that a search holds for each other; ``listed`` is sorted."""
    collector, known = Collector(), {text: number for number, text in enumerate(listed)}
    for text in listed:
        collector.add([text])
    searcher = Searcher([collector.arrays(encoder.lexicon)], encoder.lexicon)
    inside = [(number, known[part]) for number, word in enumerate(words) for part in parts_in(word, known)]
    within = np.array(inside, dtype=np.int64).reshape(-1, 2)
    found = [(within[:, 0], within[:, 1])]
    for first in range(0, len(words), AT_ONCE):
        asked = ask([[word] for word in words[first : first + AT_ONCE]], encoder.lexicon, join=False)
        plan = searcher.plans(asked)[0][0]
        each = np.repeat(np.arange(len(asked)), np.diff(plan.found_start))
        found.append((each + first, plan.found["word"][: plan.found_start[-1]].astype(np.int64)))
    return distinct(*found)


def parts_in(word: str, known: Mapping[str, int]) -> Iterator[str]:
    """Known words by which a long word begins or ends, as a search reads it that was glued together."""
    for at in range(LEAST_PART, len(word) - 1 if len(word) >= SHORTEST else 0):
        for part in (word[:at], word[-at:]):
            if part in known:
                yield part


def glued_words(words: Sequence[str], names: Named, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """A word and a unit of which one is part of the other, where the other part is there, too."""
    numbers = {word: number for number, word in enumerate(words)}
    for unit, text in enumerate(texts):
        for part in parts_of(text, numbers):
            yield numbers[part], unit
    value = names.unit.tolist()
    for begin, end in zip(names.start[:-1].tolist(), names.start[1:].tolist(), strict=True):
        for one, other in permutations(value[begin:end], 2):
            for whole in joined(texts[one], texts[other]):
                if whole in numbers:
                    yield numbers[whole], one


def long_words(words: Sequence[str], texts: Sequence[str], encoder: Encoder) -> Iterator[tuple[int, int]]:
    """A long word that no dictionary knows and a unit that it may begin with, or the other way round.

    So two words written as one are held for each other even if they were misspelled on the way.
    """
    beginning, heads = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for unit, text in enumerate(texts):
        beginning[text[:HEAD]].append(unit)
    for number, word in enumerate(words):
        if may_be_two(word, encoder):
            yield from ((number, unit) for unit in beginning[word[:HEAD]])
    unknown = {text for text in set(texts) if may_be_two(text, encoder)}
    begun = {text[:HEAD] for text in unknown}
    for number, word in enumerate(words):
        if word[:HEAD] in begun:
            heads[word[:HEAD]].append(number)
    for unit, text in enumerate(texts):
        if text in unknown:
            yield from ((number, unit) for number in heads[text[:HEAD]])


def may_be_two(word: str, encoder: Encoder) -> bool:
    """Whether a word may be two that were written as one and misspelled."""
    return len(word) >= LONG and encoder.lexicon.row(word) == UNKNOWN


def parts_of(text: str, numbers: Mapping[str, int]) -> Iterator[str]:
    """Known words by which ``text`` begins, where what follows is known as well."""
    for at in range(1, len(text) if len(text) >= SHORTEST else 0):
        if text[:at] in numbers and (text[at:] in numbers or text[at - 1 :] in numbers):
            yield text[:at]


def joined(first: str, second: str) -> tuple[str, ...]:
    """Two words as one; a letter doubled at the seam may stand once."""
    if len(first) + len(second) < SHORTEST:
        return ()
    return (first + second, first + second[1:]) if first[-1] == second[0] else (first + second,)
