# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps a crowd at the log-in page from taking the memory of those who are at work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from watchword.core.refusals import WrongState, sentence

AT_ONCE = 3
"""How many passphrases a process tries at one time: each takes 256 MiB, and anybody can ask for it."""

_places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def place() -> Iterator[None]:
    """A place at the slow derivation, or WrongState at once: a waiting request would hold a thread too."""
    if not _places.acquire(blocking=False):
        raise WrongState(
            sentence("Several people are logging in at this moment. Try again in a few seconds.")
        )
    try:
        yield
    finally:
        _places.release()
