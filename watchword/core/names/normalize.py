# SPDX-License-Identifier: AGPL-3.0-or-later
"""Normal form: a name as anybody typed it, made into words that can be compared."""

import re
import unicodedata

from watchword.core.names import homoglyphs
from watchword.core.names.tables import table

LONGEST_TEXT = 1000
"""Characters that are read of one name: no name is longer, and composing marks takes quadratic time."""

JOINED = table("words")["joined"]["characters"]
TITLES = frozenset(table("words")["titles"]["words"])
PREFIXES = frozenset(table("words")["prefixes"]["words"])

word_pattern = re.compile(r"[^\W_]+")
glued = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
digits_only = re.compile(r"\d+")


def _composed(text: str) -> str:
    """Compatibility forms resolved, letters composed with their marks, stray and invisible ones gone."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    if text.isascii():
        return text if text.isprintable() else "".join(_visible(c) for c in text)
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Lm" and character in JOINED:
        return character
    return " " if category[0] in "CZ" else character


def _unglued(word: str) -> list[str]:
    """ДенисВладимирович is two words; McDonald is one."""
    cuts = [0]
    for at in range(3, len(word) - 2):
        capital = word[at].isupper() and word[at - 1].islower() and word[at + 1].islower()
        if capital and at - cuts[-1] >= 3 and word[cuts[-1] : at].lower() not in PREFIXES:
            cuts.append(at)
    return [word[start:end] for start, end in zip(cuts, [*cuts[1:], len(word)], strict=True)]


def _lowered(word: str) -> str:
    return "".join(c for c in word.lower() if unicodedata.category(c) != "Mn")


def split(text: str) -> list[str]:
    """The words of a name in normal form, in their order: lower case, in their own script."""
    composed = _composed(text)
    for mark in JOINED:
        composed = composed.replace(mark, "")
    words: list[str] = []
    for word in word_pattern.findall(composed):
        if word.isdigit():
            continue
        for part in _unglued(word) if not (word.isupper() or word[1:].islower()) else [word]:
            words.extend(_lowered(run) for run in homoglyphs.one_script(part))
    named = [word for word in words if word and word not in TITLES]
    return named if len(named) > 1 else [word for word in words if word]
