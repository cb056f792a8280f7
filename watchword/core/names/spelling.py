# SPDX-License-Identifier: AGPL-3.0-or-later
"""Spelling a Cyrillic word in Latin letters, by each scheme in use: what reading has to undo."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from watchword.core.names.tables import table

Rule = tuple[Callable[[str, str], str], str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way of writing ``language`` (ru, uk, be) in Latin letters; ``title`` says whose."""

    name: str
    title: str
    language: str
    rules: tuple[Rule, ...]
    letters: dict[int, str]

    def spell(self, text: str) -> str:
        """``text`` in this scheme: in small letters, or each word with a capital one if it began with one."""
        return " ".join(self._word(word) for word in text.split(" "))

    def _word(self, word: str) -> str:
        spelt = word.lower()
        for replaced, write in self.rules:
            spelt = replaced(write, spelt)
        spelt = spelt.translate(self.letters)
        return spelt.capitalize() if word[:1].isupper() else spelt


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme by its name."""
    return {name: _scheme(name) for name in table("spelling")}


def _scheme(name: str) -> Scheme:
    """A scheme has its own rules before those of the one that it starts from, and letters that override."""
    described = table("spelling")[name]
    rules: tuple[Rule, ...] = tuple((re.compile(find).sub, write) for find, write in described["rules"])
    letters = {ord(letter): write for letter, write in described["letters"].items()}
    if "from" in described:
        older = _scheme(described["from"])
        rules, letters = (*rules, *older.rules), older.letters | letters
    return Scheme(name, described["title"], described["language"], rules, letters)
