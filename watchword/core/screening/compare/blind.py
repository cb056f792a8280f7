# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same findings without a word of either side: for those who judge and must not learn whom.

No sentence here has a gap for what stood in a record. What is left, the kind of agreement and how rare the
name is, still narrows down who is meant for whoever has the list; docs/decisions/0025 says how far.
"""

from collections.abc import Callable, Mapping

from watchword.core.refusals import Sentence, sentence
from watchword.core.screening.compare import births, circumstances
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
from watchword.core.screening.compare.weights import AGREES
from watchword.core.screening.compare.words import AGREEING, Seen, how_rare

IN_ANOTHER_SCRIPT = sentence("%(part)s: agrees, written in another script. %(rarity)s")
LEVELS: Mapping[int, Sentence] = {
    SAME: sentence("%(part)s: agrees. %(rarity)s"),
    FORM: sentence("%(part)s: two forms of one name. %(rarity)s"),
    GLUED: sentence("%(part)s: agrees, once as one word and once as two. %(rarity)s"),
    CLOSE: sentence("%(part)s: differs by no more than a slip of spelling."),
    NEAR: sentence("%(part)s: spelled alike, but not the same."),
    FAR: sentence("%(part)s: resembles the other, and is probably different."),
    INITIAL: sentence("%(part)s: the initial agrees."),
    OTHER_INITIAL: sentence("%(part)s: the initial is another."),
    DIFFERENT: sentence("%(part)s: differs."),
}
BIRTHS: Mapping[int, Sentence] = {
    births.SAME_DAY: sentence("Birth date: the same day."),
    births.SWAPPED: sentence("Birth date: the same, with day and month swapped."),
    births.YEAR_SLIP: sentence("Birth date: the same day and month; the year may be miswritten."),
    births.DAY_SLIP: sentence("Birth date: the same year; the day may be miswritten."),
    births.SAME_MONTH: sentence("Birth date: the same month as far as it is known."),
    births.SAME_YEAR: sentence("Birth date: the same year as far as it is known."),
    births.NEAR_YEAR: sentence("Birth date: about the same year."),
    births.OTHER_DAY: sentence("Birth date: the same year, another day."),
    births.OTHER_YEAR_SAME_DAY: sentence("Birth date: the same day of the year, another year."),
    births.OTHER_YEAR: sentence("Birth date: another one."),
}


def words(part: Sentence) -> Callable[[Seen], Sentence]:
    """For two words of this part of a name."""

    def said(seen: Seen) -> Sentence:
        text = IN_ANOTHER_SCRIPT if seen.level == SAME and _scripts_differ(seen) else LEVELS[seen.level]
        if seen.level not in AGREEING:
            return Sentence(text.text, {"part": part})
        return Sentence(text.text, {"part": part, "rarity": how_rare(seen.rarity)})

    return said


def extra(_seen: Seen) -> Sentence:
    """For a word that only one of the two names has."""
    return sentence("Only one side has this part of the name.")


def birth(seen: Seen) -> Sentence:
    """For two birth dates."""
    return BIRTHS[seen.level]


def place(seen: Seen) -> Sentence:
    """For places of birth or residence."""
    if seen.level == AGREES:
        return sentence("Place: one in common.")
    return sentence("Place: none in common.")


def country(seen: Seen) -> Sentence:
    """For citizenships and countries."""
    if seen.level == AGREES:
        return circumstances.country(seen)
    return sentence("Country: none in common.")


def document(seen: Seen) -> Sentence:
    """For numbers of documents."""
    if seen.level == AGREES:
        return sentence("Document: the same number.")
    return circumstances.document(seen)


def contact(seen: Seen) -> Sentence:
    """For telephone numbers, addresses of mail and handles."""
    if seen.level == AGREES:
        return sentence("Contact: one in common.")
    return circumstances.contact(seen)


def _scripts_differ(seen: Seen) -> bool:
    """Whether one side has Latin letters and the other has none: more says nothing to a reader."""
    latin = [any("a" <= letter <= "z" for letter in side.casefold()) for side in (seen.left, seen.right)]
    return latin[0] != latin[1]
