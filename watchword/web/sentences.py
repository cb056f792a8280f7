# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns a sentence of the core, or a text of a profile, into the reader's language."""

from django.utils.translation import get_language, gettext, ngettext

from watchword.core.procedure.text import Text
from watchword.core.refusals import Sentence


def translated(words: Sentence | Text) -> str:
    """The words in the active language; a gap of a sentence may hold a sentence or a text of its own."""
    if isinstance(words, Text):
        return words.in_language(get_language() or "en")
    text = ngettext(words.text, words.many, words.count) if words.many else gettext(words.text)
    if not words.params:
        return text
    return text % {name: _filled(value) for name, value in words.params.items()}


def _filled(value: object) -> object:
    return translated(value) if isinstance(value, Sentence | Text) else value
