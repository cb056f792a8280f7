# SPDX-License-Identifier: AGPL-3.0-or-later
"""Normal form: a name as anybody typed it, made into words that can be compared.

Everything that screening compares has gone through ``split`` first, the applicant's name as well as the
listed one. It repairs how a name was *written*; how it *sounds* is the skeleton's matter (skeleton.py). In
this order:

**Length.** The first 1,000 characters are read. No name is longer, and composing marks takes time that
grows with the square of their number: a hostile list could otherwise stop a run with one field.

**Marks that join.** Apostrophes and the signs that scholars write for ь and ъ vanish without dividing the
word (В'ячеслав, O'Brien, Ilʹin), in every shape that keyboards and editors give them. This comes before
Unicode's own repair, which would turn some of them into spaces.

**Unicode.** NFKC: full-width letters, ligatures and composed forms become the ordinary ones, so that й and
ё are one character each. What marks remain are dropped: they are stress marks, vowel points, or noise.
Invisible characters (zero-width, direction, soft hyphen) are dropped too, for they hide inside words;
controls, lone surrogates, private and unassigned characters divide, like spaces.

**Words.** Whatever is no letter or digit divides: hyphens, commas, full stops, brackets, slashes. Hyphens
divide, because lists write the same person as Petrov-Vodkin, Petrov Vodkin and Petrov. The order of words
is kept.

**Glue.** ДенисВладимирович is two words: a capital after a small letter divides where at least three
letters stand on both sides. So McDonald, O'Brien, DeLuca and LeBron stay whole, and Mac and Fitz are
excepted by name. Words glued in one case cannot be seen here; the search finds them by their letters.

**Look-alikes.** A word that mixes Latin and Cyrillic letters was meant in one of the two: in that of the
letters that have no double in the other, and without any such in that of the greater number. 0, 1 and 3
inside a word are о, і and з (in Latin o and l). One EU record in eight has such a word. A word of doubles
only (САХ, COBA) follows the rest of its name. What fits in neither script is divided where the script
changes. See homoglyphs.py.

**Case.** Lower case, and the dot that a Turkish İ leaves behind is dropped.

**Titles** are left out where two other words remain (data/words.toml). Particles stay and get a role that
weighs nothing, because "al" or "van" may be all that tells two spellings of a surname apart.

Initials stay as words of one letter; ``roles`` knows them. Words of digits only are dropped.
"""

import re
import unicodedata

from watchword.core.names import homoglyphs
from watchword.core.names.tables import table

LONGEST_TEXT = 1000
"""Characters that are read of one name."""

WORDS = table("words")
JOINED = dict.fromkeys(map(ord, WORDS["joined"]["characters"]))
TITLES = frozenset(WORDS["titles"]["words"])
PREFIXES = frozenset(WORDS["prefixes"]["words"])
SHORTEST_GLUED = 3

# Most names need none of the repairs, and go by a shorter way to the same words.
LATIN, CYRILLIC = "A-Za-z", "А-Яа-яЁёІіЇїЄєҐґЎў"
simple = re.compile(f"[{LATIN} ,.-]*|[{CYRILLIC} ,.-]*").fullmatch
glue = re.compile("[a-zа-яёіїєґў][A-ZА-ЯЁІЇЄҐЎ]").search
letters_and_digits = re.compile(r"[^\W_]+").findall


def split(text: str) -> list[str]:
    """The words of a name in normal form, in their order: lower case, in their own script."""
    if len(text) <= LONGEST_TEXT and simple(text) and not glue(text):
        words = letters_and_digits(text.lower())
    else:
        words = _mended(text)
    named = [word for word in words if word not in TITLES]
    return named if len(named) > 1 else words


def _mended(text: str) -> list[str]:
    """All words of a name that has something to mend."""
    words: list[str] = []
    for word in letters_and_digits(_repaired(text)):
        if not word.isdigit():
            for part in _unglued(word):
                words.extend(homoglyphs.one_script(part))
    return [_lowered(word) for word in homoglyphs.like_its_neighbours(words)]


def _repaired(text: str) -> str:
    """Joining marks gone, compatibility forms resolved, stray marks and invisible characters gone."""
    text = text[:LONGEST_TEXT].translate(JOINED)
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, unicodedata.normalize("NFKC", text)))


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    return " " if category[0] in "CZ" else character


def _unglued(word: str) -> list[str]:
    """ДенисВладимирович is two words; McDonald is one."""
    if word.isupper() or word[1:].islower():
        return [word]
    cuts = [0]
    for at in range(SHORTEST_GLUED, len(word) - SHORTEST_GLUED + 1):
        begins = word[at].isupper() and word[at - 1].islower() and word[at + 1].islower()
        left = word[cuts[-1] : at]
        if begins and len(left) >= SHORTEST_GLUED and left.lower() not in PREFIXES:
            cuts.append(at)
    return [word[start:end] for start, end in zip(cuts, [*cuts[1:], len(word)], strict=True)]


def _lowered(word: str) -> str:
    word = word.lower()
    return word if word.isascii() else "".join(c for c in word if unicodedata.category(c) != "Mn")
