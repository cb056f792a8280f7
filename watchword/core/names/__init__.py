# SPDX-License-Identifier: AGPL-3.0-or-later
"""One person's name in many scripts and spellings: words, skeletons, roles, and what is known of each."""

from watchword.core.names.lexicon import Entry, Gender, Lexicon, lexicon
from watchword.core.names.memo import Memo
from watchword.core.names.normalize import split
from watchword.core.names.roles import Role, roles
from watchword.core.names.skeleton import skeleton
from watchword.core.names.tables import TABLE_VERSION
from watchword.core.names.whole import skeletons

__all__ = [
    "TABLE_VERSION",
    "Entry",
    "Gender",
    "Lexicon",
    "Memo",
    "Role",
    "lexicon",
    "roles",
    "skeleton",
    "skeletons",
    "split",
]
