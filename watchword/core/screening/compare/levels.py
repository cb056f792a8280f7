# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far two words of a name agree: a level for two skeletons, in a kernel."""

import numpy as np

from watchword.core.screening.arrays import Bytes, Int32, Tokens
from watchword.core.screening.compiled import compiled

# Levels of agreement between two words.
SAME, FORM, CLOSE, NEAR, FAR, INITIAL, OTHER_INITIAL, DIFFERENT, GLUED = range(9)
LEVELS = ("same", "form", "close", "near", "far", "initial", "other_initial", "different", "glued")

# What two words are compared as; ANY when it is open, CROSS when the two cannot play the same part.
GIVEN, PATRONYMIC, SURNAME, ANY, CROSS = range(5)
PARTS = ("given", "patronymic", "surname", "any", "cross")

# Roles as bits, as `names.Role` has them.
GIVEN_BIT, PATRONYMIC_BIT, SURNAME_BIT, INITIAL_BIT, PARTICLE_BIT = 1, 2, 4, 8, 16
PARTS_BITS = GIVEN_BIT | PATRONYMIC_BIT | SURNAME_BIT

# Shares of a word that may differ before it stops being close, near, far.
CLOSE_SHARE, NEAR_SHARE, FAR_SHARE = 0.11, 0.2, 0.31
VOWELS = np.zeros(256, dtype=np.bool_)
VOWELS[list(b"aeiouy")] = True
# The ц of Belarusian is т before soft vowels: Шоцік is Шотик. So one costs half when it stands for the other.
KIN = np.zeros(256, dtype=np.uint8)
KIN[ord("c")], KIN[ord("t")] = ord("t"), ord("c")


@compiled
def part_of(left: int, right: int) -> int:
    """What two words with these role bits are compared as."""
    # An initial plays the part of the word that it stands for.
    initial = (left | right) & INITIAL_BIT
    shared = ((left | right) if initial else (left & right)) & PARTS_BITS
    if shared == GIVEN_BIT:
        return GIVEN
    if shared == PATRONYMIC_BIT:
        return PATRONYMIC
    if shared == SURNAME_BIT:
        return SURNAME
    return ANY if shared or initial else CROSS


@compiled
def share_that_differs(left: Bytes, left_length: int, right: Bytes, right_length: int) -> float:
    """The edit distance of two skeletons over the longer one's length, a vowel costing half a consonant.

    Spellings of one name differ in vowels; different names differ in consonants. Two neighbours that changed
    places cost one consonant.
    """
    longest = max(left_length, right_length)
    if longest == 0:
        return 1.0
    before = np.zeros(right_length + 1, dtype=np.float64)
    row = np.zeros(right_length + 1, dtype=np.float64)
    older = np.zeros(right_length + 1, dtype=np.float64)
    for j in range(right_length):
        row[j + 1] = row[j] + (0.5 if VOWELS[right[j]] else 1.0)
    for i in range(left_length):
        older, before, row = before, row, older
        price = 0.5 if VOWELS[left[i]] else 1.0
        kin = KIN[left[i]]
        row[0] = before[0] + price
        for j in range(right_length):
            other = 0.5 if VOWELS[right[j]] else 1.0
            change = 0.0 if left[i] == right[j] else max(price, other)
            if right[j] == kin:
                change = 0.5
            best = min(before[j] + change, before[j + 1] + price, row[j] + other)
            if i > 0 and j > 0 and left[i] == right[j - 1] and left[i - 1] == right[j]:
                best = min(best, older[j - 1] + 1.0)
            row[j + 1] = best
    return float(row[right_length] / longest)


@compiled
def meet(left: Int32, right: Int32) -> bool:
    """Whether two padded rows of groups have one in common."""
    for one in left:
        if one >= 0:
            for other in right:
                if one == other:
                    return True
    return False


@compiled
def initial_level(tokens: Tokens, left: int, right: int) -> int:
    """An initial agrees with a word that begins with it."""
    shorter = min(tokens.length[left], tokens.length[right])
    for k in range(shorter):
        if tokens.letters[left, k] != tokens.letters[right, k]:
            return OTHER_INITIAL
    return INITIAL


@compiled
def word_level(tokens: Tokens, left: int, right: int, part: int) -> int:
    """The level of two whole words compared as ``part``."""
    if left == right:
        return SAME
    if part in (GIVEN, ANY) and meet(tokens.group[left], tokens.group[right]):
        return FORM
    if part in (PATRONYMIC, ANY) and meet(tokens.father[left], tokens.father[right]):
        return FORM
    if part in (SURNAME, ANY):
        left, right = tokens.base[left], tokens.base[right]
        if left == right:
            return FORM
    if abs(tokens.length[left] - tokens.length[right]) > 5:
        return DIFFERENT
    share = share_that_differs(
        tokens.letters[left], tokens.length[left], tokens.letters[right], tokens.length[right]
    )
    if share <= CLOSE_SHARE:
        return CLOSE
    if share <= NEAR_SHARE:
        return NEAR
    return FAR if share <= FAR_SHARE else DIFFERENT


@compiled
def level_of(tokens: Tokens, left: int, left_role: int, right: int, right_role: int) -> int:
    """The level of two words of two names, initials included."""
    if (left_role | right_role) & INITIAL_BIT:
        return initial_level(tokens, left, right)
    return word_level(tokens, left, right, part_of(left_role, right_role))
