# SPDX-License-Identifier: AGPL-3.0-or-later
"""The skeleton of a word: what is left when script, spelling scheme and Slavic language are taken away."""

import re

from watchword.core.names import latin
from watchword.core.names.tables import table

LONGEST_WORD = 64
"""Letters that are read of one word: longer ones are no names, and the work done for a word stays bounded."""

CYRILLIC, GEORGIAN, ARMENIAN = (
    str.maketrans(table("scripts")[script]) for script in ("cyrillic", "georgian", "armenian")
)

softened = re.compile(r"[iy]+'?[aeo]|'[eo]").sub
hardened = re.compile(r"(?<=[^aeou])[iy]+u").sub
plain = str.maketrans("oy", "ai", "'")
doubled = re.compile(r"(.)\1+").sub
not_a_letter = re.compile(r"[^a-z]+").sub

RULES = (
    (r"ts|tc", "c"),
    (r"[td]q", "q"),
    (r"[szjx][qx]", "x"),
    (r"(?<=[ae])u(?=[bcdfhjklmnpqrstvxz]|$)", "v"),
    (r"dz", "d"),
    (r"(?<=[qxj])a(?=.)", "e"),
    (r"(?<=l)ah$", "a"),
    (r"ei$", "i"),
)
ENDINGS = (
    (r"(?<=..)e(?=v(?:a|iq|na)?$)", "a"),
    (r"(?<=..)i(?=vna$)", "a"),
    (r"(?<=.)a(?=nka$)", "e"),
)


def _one_pass(rules: tuple[tuple[str, str], ...]) -> "re.Pattern[str]":
    return re.compile("|".join(f"({pattern})" for pattern, _ in rules))


inside, at_the_end = _one_pass(RULES), _one_pass(ENDINGS)
INSIDE, AT_THE_END = ["", *(text for _, text in RULES)], ["", *(text for _, text in ENDINGS)]


def _sounds(word: str) -> str:
    """The word in the alphabet between script and skeleton; its first letter names its script."""
    first = word[0]
    if first < "\u0370" or "\u1e00" <= first < "\u1f00":
        return latin.sounds(word)
    if first < "\u0530":
        return word.translate(CYRILLIC)
    return word.translate(ARMENIAN if first < "\u0590" else GEORGIAN)


def skeleton(word: str) -> str:
    """The skeleton of a word in normal form: ``a`` to ``z``, or ``""`` if nothing can be read.

    ``docs/spec/names.md`` has the alphabet and the order of the steps.
    """
    if not word:
        return ""
    sounds = _sounds(word[:LONGEST_WORD])
    sounds = softened("e", sounds)
    sounds = hardened("u", sounds).translate(plain)
    sounds = doubled(r"\1", sounds)
    sounds = inside.sub(lambda match: INSIDE[match.lastindex or 0], sounds)
    sounds = doubled(r"\1", sounds)
    sounds = at_the_end.sub(lambda match: AT_THE_END[match.lastindex or 0], sounds)
    return sounds if sounds.isascii() and sounds.isalpha() else not_a_letter("", sounds)
