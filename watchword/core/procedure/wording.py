# SPDX-License-Identifier: AGPL-3.0-or-later
"""Joins parts of a reason into one sentence that can still be translated part by part."""

from collections.abc import Sequence
from functools import reduce

from watchword.core.refusals import Sentence, sentence


def either(options: Sequence[object]) -> object:
    """Return “a or b or c”; a single option as it is. There must be at least one."""
    return reduce(_or, options)


def listed(items: Sequence[object]) -> object:
    """Return “a; b; c”; a single item as it is. There must be at least one."""
    return reduce(_and, items)


def _or(first: object, second: object) -> Sentence:
    return sentence("%(first)s or %(second)s", first=first, second=second)


def _and(first: object, second: object) -> Sentence:
    return sentence("%(first)s; %(second)s", first=first, second=second)
