# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a call sign gives something away: by a stop list with reasons, and by being somebody's name."""

from collections.abc import Iterable, Iterator

from watchword.core.names import Lexicon, skeleton, split
from watchword.core.names.roles import borne_as_given
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.refusals import Sentence, sentence
from watchword.protection.wordlist import Stop

MOST_NAMED = 2
"""Bearers of a given name in the lexicon's two and a half million: with more, a word is taken for a name."""

NAME = sentence("Somebody’s name")


def gives_away(sign: Text, stops: Iterable[Stop], lexicon: Lexicon) -> Text | Sentence | None:
    """What a call sign would tell in one of its languages; None when nothing is known."""
    words = [word for language in LANGUAGES for word in words_of(sign, language)]
    for stop in stops:
        if any(_says(word, form) for word in words for form in stop.words):
            return stop.title
    named = any(borne_as_given(lexicon.look_up(skeleton(word))) > MOST_NAMED for word in words)
    return NAME if named else None


def words_of(sign: Text, language: str) -> Iterator[str]:
    """Its words in one language: letters alone, in lower case."""
    for written in sign.in_language(language).split():
        yield "".join(split(written))


def _says(word: str, form: str) -> bool:
    plain = "".join(split(form.rstrip("*")))
    return word.startswith(plain) if form.endswith("*") else word == plain
