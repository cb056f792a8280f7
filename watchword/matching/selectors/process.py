# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matcher of this Desk, and whether it can be asked: who runs it sees that before screening misses it."""

from enum import StrEnum
from pathlib import Path

from django.conf import settings

from watchword.core.refusals import Refused
from watchword.matcher.client import PATIENCE as PATIENCE_AT_WORK
from watchword.matcher.client import Client

PATIENCE_OF_A_PAGE = 1.0
"""Seconds that a page waits: it answers at once, unless it puts a new secret on top of a large table."""


class Matcher(StrEnum):
    """``NONE``: this Desk has no matcher, so there is none to look after."""

    NONE = "none"
    OPEN = "open"
    LOCKED = "locked"
    SILENT = "silent"


def client(patience: float = PATIENCE_AT_WORK) -> Client | None:
    """Whom to ask, if this Desk has a matcher; ``patience``: seconds that an answer may take."""
    return Client(Path(settings.WATCHWORD_MATCHER), patience) if settings.WATCHWORD_MATCHER else None


def matcher() -> Matcher:
    """How it is now."""
    found = client(PATIENCE_OF_A_PAGE)
    if found is None:
        return Matcher.NONE
    try:
        state = found.state()
    except Refused:
        return Matcher.SILENT
    return Matcher.LOCKED if state.locked else Matcher.OPEN
