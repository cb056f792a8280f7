# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names as official journals print them: other spellings in brackets, after commas, after *a.k.a.*

``Iryna (Irina) Petrovna VYDUMKAVA, VYDUMKINA`` is one name, the same with *Irina*, the same with
*VYDUMKINA*: a single word in brackets replaces the word before it, a single word after a comma the last one,
and two words or more are another whole name. What a label calls former is a former name. Words with a digit
are no name.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto

MOST = 12
_LABEL = re.compile(
    r"\s*(?:good quality|low quality)?\s*"
    r"(a\.?k\.?a\.?|alias|also known as|also|or|f\.?k\.?a\.?|formerly|née|nee|born|previously)"
    r"(?=[\s:])[\s:]*",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\(([^()]*)\)")
_FORMER = ("f", "n", "born", "prev")
_BETWEEN = re.compile(r"\s*[,;/]\s*|\s+or\s+")


class Variant(Enum):
    """How a spelling stands to the name that was printed."""

    SAME = auto()
    OTHER = auto()
    FORMER = auto()


def as_printed(text: str) -> list[tuple[Variant, str]]:
    """The printed name first, then each of its other spellings; at most ``MOST``."""
    bare = " ".join(_GROUP.sub(" ", text).replace(" ,", ",").split())
    first, *after = [part for part in _BETWEEN.split(bare) if part] or [""]
    found: dict[str, Variant] = {first: Variant.SAME} if first else {}
    for label, words, before in [*_bracketed(text), *(("", words, "") for words in after)]:
        spelling = _placed(words, first, before)
        if spelling:
            found.setdefault(spelling, Variant.FORMER if label.startswith(_FORMER) else Variant.OTHER)
    return [(variant, spelling) for spelling, variant in found.items()][:MOST]


def _bracketed(text: str) -> Iterator[tuple[str, str, str]]:
    for group in _GROUP.finditer(text):
        label = _LABEL.match(group[1] + " ")
        inside = (group[1] + " ")[label.end() :] if label else group[1]
        before = _GROUP.sub(" ", text[: group.start()]).split()
        for words in _BETWEEN.split(inside):
            # A bracket after the whole name has no word of its own: its single words replace the last.
            yield (label[1].lower() if label else ""), words.strip(), before[-1].strip(",") if before else ""


def _placed(words: str, first: str, before: str) -> str:
    """``words`` itself when it is a whole name, else ``first`` with one of its words replaced."""
    parts = first.split()
    if not any(letter.isalpha() for letter in words) or any(letter.isdigit() for letter in words):
        return ""
    if len(words.split()) > 1 or len(parts) < 2:
        return words
    index = parts.index(before) if before in parts else len(parts) - 1
    return " ".join([*parts[:index], words, *parts[index + 1 :]])
