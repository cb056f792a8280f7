# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters that look alike: a word that mixes scripts is brought back to the one that it was meant in."""

import re
from itertools import groupby

# Digits count as letters here, because people type them for the letters that they resemble.
TO_CYRILLIC = str.maketrans("ABCEHIJKMOPSTXYaceijkopsxy013", "АВСЕНІЈКМОРЅТХУасеіјкорѕху" + "оіз")
TO_LATIN = str.maketrans("АВСЕЁНІЇЈКМОРЅТХУаеёіїјкорсѕху01", "ABCEEHIIJKMOPSTXYaeeiijkopcsxy" + "ol")
LATIN_ALIKE = frozenset("ABCEHIJKMOPSTXYaceijkopsxy")
CYRILLIC_ALIKE = frozenset("АВСЕЁНІЇЈКМОРЅТХУаеёіїјкорсѕху")

LATIN, CYRILLIC = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff", r"\u0400-\u052f"
latin_letters = re.compile(f"[{LATIN}]").findall
cyrillic_letters = re.compile(f"[{CYRILLIC}]").findall
one_alphabet = re.compile(f"[{LATIN}]+|[{CYRILLIC}]+").fullmatch
is_latin, is_cyrillic = re.compile(f"[{LATIN}]").match, re.compile(f"[{CYRILLIC}]").match


def one_script(word: str) -> list[str]:
    """The word in one script or, where letters remain that fit in one script only, a part for each."""
    if one_alphabet(word):
        return [word]
    word = word.rstrip("0123456789")
    latin, cyrillic = latin_letters(word), cyrillic_letters(word)
    if latin or cyrillic:
        sure_latin = sum(letter not in LATIN_ALIKE for letter in latin)
        sure_cyrillic = sum(letter not in CYRILLIC_ALIKE for letter in cyrillic)
        # By the letters that leave no doubt, and without any by the greater number.
        meant_cyrillic = (sure_cyrillic, len(cyrillic)) >= (sure_latin, len(latin))
        word = word.translate(TO_CYRILLIC if meant_cyrillic else TO_LATIN)
    return ["".join(run) for script, run in groupby(word, _script) if script != "digit"]


def like_its_neighbours(words: list[str]) -> list[str]:
    """A word all of whose letters exist in both alphabets follows the rest of the name, if that agrees."""
    doubtful = [set(word) <= LATIN_ALIKE or set(word) <= CYRILLIC_ALIKE for word in words]
    if not any(doubtful) or all(doubtful):
        return words
    sure = {_script(word[0]) for word, doubt in zip(words, doubtful, strict=True) if not doubt}
    if len(sure) != 1 or not sure <= {"latin", "cyrillic"}:
        return words
    letters = TO_LATIN if sure == {"latin"} else TO_CYRILLIC
    return [word.translate(letters) if doubt else word for word, doubt in zip(words, doubtful, strict=True)]


def _script(character: str) -> str:
    """A name for the character's script, good enough to tell one run of letters from the next."""
    if is_latin(character):
        return "latin"
    if is_cyrillic(character):
        return "cyrillic"
    return "digit" if character.isdigit() else "other"
