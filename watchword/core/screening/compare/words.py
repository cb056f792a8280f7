# SPDX-License-Identifier: AGPL-3.0-or-later
"""The features that look at the words of a name: what each level means, in a sentence."""

from dataclasses import dataclass

from watchword.core.refusals import Sentence, sentence
from watchword.core.screening.compare.levels import (
    CLOSE,
    DIFFERENT,
    FAR,
    FORM,
    GLUED,
    INITIAL,
    NEAR,
    OTHER_INITIAL,
    SAME,
)

AGREEING = (SAME, FORM, GLUED)
LEVEL_TEXTS = {
    SAME: sentence("%(part)s: %(left)s and %(right)s agree. %(rarity)s"),
    FORM: sentence("%(part)s: %(left)s and %(right)s are forms of one name. %(rarity)s"),
    GLUED: sentence("%(part)s: %(left)s and %(right)s agree, as one word and as two. %(rarity)s"),
    CLOSE: sentence("%(part)s: %(left)s and %(right)s differ by no more than a slip of spelling."),
    NEAR: sentence("%(part)s: %(left)s and %(right)s are spelled alike, but not the same."),
    FAR: sentence("%(part)s: %(left)s and %(right)s resemble each other, and are probably different."),
    INITIAL: sentence("%(part)s: the initial agrees, %(left)s and %(right)s."),
    OTHER_INITIAL: sentence("%(part)s: the initial is another, %(left)s and %(right)s."),
    DIFFERENT: sentence("%(part)s: %(left)s and %(right)s differ."),
}
COMMON, RARE = 7.5, 13.5  # bits of rarity: one bearer in 180, one in 12,000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a feature is told: the level, the words or values of both sides, the rarity of what agrees."""

    level: int
    left: str
    right: str
    rarity: float = 0.0


SURNAME, GIVEN, PATRONYMIC = sentence("Surname"), sentence("Given name"), sentence("Patronymic")
WORD, MISPLACED = sentence("Part of the name"), sentence("Different parts of the name")


def surname(seen: Seen) -> Sentence:
    """Two surnames, the ending of gender aside. A rare surname that agrees says more than a common one."""
    return two_words(SURNAME, seen)


def given(seen: Seen) -> Sentence:
    """Two given names. Forms of one name in several languages, and its short forms, agree."""
    return two_words(GIVEN, seen)


def patronymic(seen: Seen) -> Sentence:
    """Two patronymics. They agree when they name the same father; a contradiction is strong evidence."""
    return two_words(PATRONYMIC, seen)


def word(seen: Seen) -> Sentence:
    """Two words of which it is open what part of the name they are."""
    return two_words(WORD, seen)


def misplaced(seen: Seen) -> Sentence:
    """Two words that play different parts, such as a surname and a patronymic."""
    return two_words(MISPLACED, seen)


def extra(seen: Seen) -> Sentence:
    """A word that only one of the two names has. A missing patronymic costs next to nothing."""
    return sentence("Only one side has this part of the name: %(word)s.", word=seen.left or seen.right)


def two_words(part: Sentence, seen: Seen) -> Sentence:
    """The sentence of a pair of words."""
    text = LEVEL_TEXTS[seen.level]
    gaps = {"part": part, "left": seen.left, "right": seen.right}
    return Sentence(text.text, {**gaps, "rarity": how_rare(seen.rarity)} if seen.level in AGREEING else gaps)


def how_rare(rarity: float) -> Sentence:
    """What the agreement of so rare a word is worth to a reader."""
    if rarity < COMMON:
        return sentence("The name is common, so it says little.")
    if rarity > RARE:
        return sentence("The name is rare, so it says much.")
    return sentence("The name is neither common nor rare.")
