# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading a word in Latin letters: it shows which scheme spelt it, and the scheme says how it sounds."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from watchword.core.names.tables import table

LATIN = table("latin")
FINISHED = {letter: letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def _without_marks() -> dict[int, str]:
    """Every precomposed Latin letter without its marks, except those whose mark makes another letter."""
    blocks = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
    plain = {code: unicodedata.normalize("NFD", chr(code))[0] for code in blocks}
    return plain | {ord(letter): text for letter, text in LATIN["marks"].items()}


MARKS = _without_marks()
LETTERS = str.maketrans(FINISHED | LATIN["letters"])


def _reading(name: str) -> Callable[[str], str]:
    """One reading as a single expression whose n-th group is its n-th rule."""
    rules: list[Any] = LATIN[name]["rules"]
    slavic = LATIN["clues"]["slavic"]
    pattern = re.compile("|".join(f"({rule[0].replace('SLAVIC', slavic)})" for rule in rules))
    written = ["", *(rule[1] for rule in rules)]
    return lambda word: pattern.sub(lambda match: written[match.lastindex or 0], word)


english, continental, french = _reading("english"), _reading("continental"), _reading("french")
looks_continental = re.compile(LATIN["clues"]["continental"]).search
looks_french = re.compile(LATIN["clues"]["french"]).search


def sounds(word: str) -> str:
    """A Latin word in normal form, in the alphabet between script and skeleton (data/scripts.toml)."""
    if looks_continental(word):
        read = continental
    elif looks_french(word):
        read = french
    else:
        read = english
    if not word.isascii():
        word = word.translate(MARKS)
    return read(word).translate(LETTERS)
