# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole name at once: its words in normal form, each as its skeleton."""

from watchword.core.names.normalize import split
from watchword.core.names.skeleton import skeleton


def skeletons(text: str) -> tuple[str, ...]:
    """The skeletons of the words of ``text``, in their order; words that cannot be read are left out."""
    return tuple(found for found in map(skeleton, split(text)) if found)
