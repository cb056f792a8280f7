# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns a sentence of the core into the reader's language."""

from django.utils.translation import gettext

from watchword.core.refusals import Sentence


def translated(sentence: Sentence) -> str:
    """The sentence in the active language, its gaps filled; a gap may hold a sentence of its own."""
    text = gettext(sentence.text)
    if not sentence.params:
        return text
    return text % {name: _filled(value) for name, value in sentence.params.items()}


def _filled(value: object) -> object:
    return translated(value) if isinstance(value, Sentence) else value
