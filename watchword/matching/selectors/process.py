# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether the matcher can be asked: what those who run it see before screening misses it."""

from enum import StrEnum
from pathlib import Path

from django.conf import settings

from watchword.core.refusals import Refused
from watchword.matcher.client import Client

PATIENCE = 1.0
"""Seconds that a page waits: it answers at once, unless it puts a new secret on top of a large table."""


class Matcher(StrEnum):
    """``NONE``: this Desk has no matcher, so there is none to look after."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"
    SILENT = "silent"


def matcher() -> Matcher:
    """How it is now."""
    if not settings.WATCHWORD_MATCHER:
        return Matcher.NONE
    try:
        state = Client(Path(settings.WATCHWORD_MATCHER), PATIENCE).state()
    except Refused:
        return Matcher.SILENT
    return Matcher.LOCKED if state.locked else Matcher.OPEN
