# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a word in Latin letters: it shows which scheme spelt it, and the scheme says how it sounds."""

import re
import unicodedata
from collections.abc import Callable

from watchword.core.names.tables import table

LATIN = table("latin")
CLUES = LATIN["clues"]
FINISHED = {letter: letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}

Rule = tuple[str, Callable[[str, str], str] | None, str]
Runs = tuple[tuple[str, tuple[Rule, ...]], ...]


def _without_marks() -> dict[int, str]:
    """Every precomposed Latin letter without its marks, except those whose mark makes another letter."""
    blocks = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
    plain = {code: unicodedata.normalize("NFD", chr(code))[0] for code in blocks}
    return plain | {ord(letter): text for letter, text in LATIN["marks"].items()}


MARKS = _without_marks()
LETTERS = str.maketrans(FINISHED | LATIN["letters"])


def _rule(find: str, *rest: str) -> Rule:
    *pattern, write = rest
    if not pattern:
        return find, None, write
    return find, re.compile(pattern[0].replace("SLAVIC", CLUES["slavic"])).sub, write


def _in_runs(rules: list[list[str]]) -> Runs:
    """The rules in their order, in runs that share a letter: a word without that letter skips the run."""
    runs: list[tuple[set[str], list[Rule]]] = []
    for rule in rules:
        shared = runs[-1][0] & set(rule[0]) if runs else set()
        if not shared:
            runs.append((set(rule[0]), []))
        runs[-1] = (shared or runs[-1][0], [*runs[-1][1], _rule(*rule)])
    return tuple((min(letters), tuple(run)) for letters, run in runs)


ENGLISH, CONTINENTAL, FRENCH = (
    _in_runs(LATIN[reading]["rules"]) for reading in ("english", "continental", "french")
)
continental_j = re.compile(CLUES["continental_j"]).search
FRENCH_WITHIN, FRENCH_NOT = tuple(CLUES["french_within"]), tuple(CLUES["french_not"])
FRENCH_END = tuple(CLUES["french_end"])
CONTINENTAL_WITHIN, CONTINENTAL_END = tuple(CLUES["continental_within"]), tuple(CLUES["continental_end"])


def _reading(word: str) -> Runs:
    """Which reading the word asks for."""
    if word.endswith(CONTINENTAL_END):
        return CONTINENTAL
    for clue in CONTINENTAL_WITHIN:
        if clue in word:
            return CONTINENTAL
    if "j" in word and continental_j(word):
        return CONTINENTAL
    # A final ou is Belarusian, hence not the last letter.
    within = word[:-1]
    for clue in FRENCH_WITHIN:
        if clue in within:
            return ENGLISH if any(other in word for other in FRENCH_NOT) else FRENCH
    return FRENCH if word.endswith(FRENCH_END) else ENGLISH


def sounds(word: str) -> str:
    """A Latin word in normal form, in the alphabet of sounds (data/scripts.toml)."""
    runs = _reading(word)
    if not word.isascii():
        word = word.translate(MARKS)
    for letter, rules in runs:
        if letter not in word:
            continue
        for find, substituted, write in rules:
            if find in word:
                word = substituted(write, word) if substituted else word.replace(find, write)
    return word.translate(LETTERS)
