# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left of a text when everything is taken away that a copier changes for nothing, and its parts."""

import unicodedata

WIDTH = 6
"""Letters in a part: about one word of Russian or Ukrainian. Shorter parts are shared by strangers."""

MOST_LETTERS = 5_000
"""Some three pages. What comes after them is not compared: one text must not hold up all the others."""

# One alphabet for letters that look alike, whatever the language: words are compared here, never read. The
# second pair of strings are those whose capitals alone look alike.
_ALIKE = str.maketrans("асеорхуіјѕ" + "вкмнтԁԛԝ", "aceopxyijs" + "bkmhtdqw")


def normal_form(text: str) -> str:
    """Letters and digits alone, without case, accents, spaces, or the choice of look-alike letters.

    Compatibility forms are taken apart (Unicode normalization form KD, UAX 15), so that letters in circles
    or of double width are letters. Limit: a digit that stands for a letter stays a digit.
    """
    apart = unicodedata.normalize("NFKD", text[: 8 * MOST_LETTERS]).casefold()
    return "".join(filter(str.isalnum, apart)).translate(_ALIKE)[:MOST_LETTERS]


def parts_of(text: str) -> frozenset[str]:
    """Every run of ``WIDTH`` letters of the normal form: its shingles, in which order they stand is lost.

    A. Z. Broder, On the resemblance and containment of documents, Compression and Complexity of Sequences
    1997, section 2; with letters for words, because a text without spaces has no words to hide behind.
    """
    letters = normal_form(text)
    return frozenset(letters[start : start + WIDTH] for start in range(len(letters) - WIDTH + 1))
