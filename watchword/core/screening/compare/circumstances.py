# SPDX-License-Identifier: AGPL-3.0-or-later
"""The features that look beyond the words of a name: what each level means, in a sentence."""

from watchword.core.refusals import Sentence, sentence
from watchword.core.screening.compare import births
from watchword.core.screening.compare.weights import AGREES
from watchword.core.screening.compare.words import Seen

BIRTH_TEXTS = {
    births.SAME_DAY: sentence("Birth date: the same day, %(left)s."),
    births.SWAPPED: sentence("Birth date: day and month are swapped, %(left)s and %(right)s."),
    births.YEAR_SLIP: sentence("Birth date: the year may be miswritten, %(left)s and %(right)s."),
    births.DAY_SLIP: sentence("Birth date: the day may be miswritten, %(left)s and %(right)s."),
    births.SAME_MONTH: sentence("Birth date: the same month as far as it is known, %(left)s and %(right)s."),
    births.SAME_YEAR: sentence("Birth date: the same year as far as it is known, %(left)s and %(right)s."),
    births.NEAR_YEAR: sentence("Birth date: about the same year, %(left)s and %(right)s."),
    births.OTHER_DAY: sentence("Birth date: the same year, but another day, %(left)s and %(right)s."),
    births.OTHER_YEAR_SAME_DAY: sentence(
        "Birth date: the same day of the year, but another year, %(left)s and %(right)s."
    ),
    births.OTHER_YEAR: sentence("Birth date: another one, %(left)s and %(right)s."),
}


def birth(seen: Seen) -> Sentence:
    """Two birth dates. Agreement adds, a slip of the pen costs little, another day means a namesake."""
    return Sentence(BIRTH_TEXTS[seen.level].text, {"left": seen.left, "right": seen.right})


def gender(seen: Seen) -> Sentence:
    """The gender that a record states, or that all words of its name show."""
    if seen.level == AGREES:
        return sentence("Gender: the same.")
    return sentence("Gender: one is a man's name or record, the other a woman's.")


def place(seen: Seen) -> Sentence:
    """Places of birth or residence. One shared place is enough; people move, so a difference costs little."""
    if seen.level == AGREES:
        return sentence(
            "Place: %(left)s and %(right)s have a place in common.", left=seen.left, right=seen.right
        )
    return sentence("Place: %(left)s and %(right)s are different.", left=seen.left, right=seen.right)


def country(seen: Seen) -> Sentence:
    """Citizenships and countries. One shared country is enough."""
    if seen.level == AGREES:
        return sentence("Country: one in common.")
    return sentence("Country: %(left)s and %(right)s, none in common.", left=seen.left, right=seen.right)


def document(seen: Seen) -> Sentence:
    """Numbers of documents. A shared number decides nearly everything; a different one says nothing."""
    if seen.level == AGREES:
        return sentence("Document: the same number, %(left)s.", left=seen.left)
    return sentence("Document: other numbers. A person may hold several, so it says nothing.")


def contact(seen: Seen) -> Sentence:
    """Telephone numbers, addresses of mail and handles."""
    if seen.level == AGREES:
        return sentence("Contact: one in common, %(left)s.", left=seen.left)
    return sentence("Contact: none in common. People change them, so it says nothing.")


def aliases(_seen: Seen) -> Sentence:
    """The price of choice: where many names stand against many, some pair is alike by chance."""
    return sentence("The best of several pairs of names was taken, so it counts for less.")


def weak(_seen: Seen) -> Sentence:
    """A name that its own source calls weak counts for less."""
    return sentence("The source itself calls this name a weak one.")


def doubt(_seen: Seen) -> Sentence:
    """No comparison of words can exclude a person: lists hold aliases that share nothing with the name."""
    return sentence("Names that differ exclude nobody for certain: a list may hold an unrelated alias.")
