# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters that look alike: a word that mixes scripts is brought back to the one that it was meant in."""

import re
from itertools import groupby

TO_CYRILLIC = str.maketrans(
    "ABCEHIKMOPTXYSJabceikmnoprtuxyhsj013",
    "АВСЕНІКМОРТХУЅЈаьсеікмпоргтихунѕј" + "оіз",
)
# Not the mirror image: of several Cyrillic letters that look like one Latin letter all must go.
TO_LATIN = str.maketrans(
    "АВСЕНІКМОРТХУЅЈЁаесіокрхуѕјмтнвё01",
    "ABCEHIKMOPTXYSJEaeciokpxysjmthve" + "ol",
)
CYRILLIC_ALIKE = frozenset("АВСЕНІКМОРТХУЅЈЁаеіокрсхуѕјмтнвё")
LATIN_ALIKE = frozenset("ABCEHIKMOPTXYSJabceikmnoprtuxyhsj")

latin_letters = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
cyrillic_letters = re.compile(r"[\u0400-\u052f]")
only_latin = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+").fullmatch
only_cyrillic = re.compile(r"[\u0400-\u052f]+").fullmatch


def script(character: str) -> str:
    """A name for the character's script, good enough to tell one from another."""
    if latin_letters.match(character):
        return "latin"
    if cyrillic_letters.match(character):
        return "cyrillic"
    if character.isdigit():
        return "digit"
    return "armenian" if "\u0530" <= character < "\u0590" else "other"


def one_script(word: str) -> list[str]:
    """The word in one script or, where letters remain that fit in one script only, a part for each."""
    if only_latin(word) or only_cyrillic(word):
        return [word]
    latin, cyrillic = latin_letters.findall(word), cyrillic_letters.findall(word)
    if not latin and not cyrillic:
        return _runs(word)
    sure_latin = sum(letter not in LATIN_ALIKE for letter in latin)
    sure_cyrillic = sum(letter not in CYRILLIC_ALIKE for letter in cyrillic)
    if (sure_cyrillic, len(cyrillic)) >= (sure_latin, len(latin)):
        repaired = word.translate(TO_CYRILLIC)
    else:
        repaired = word.translate(TO_LATIN)
    return _runs(repaired)


def _runs(word: str) -> list[str]:
    runs = ("".join(letters) for name, letters in groupby(word, script) if name != "digit")
    return list(runs)
