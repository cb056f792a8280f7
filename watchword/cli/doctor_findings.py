# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the doctor looks at, and what it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and what to do about it, each in a sentence. Neither holds a secret."""

    what: str
    remedy: str


@dataclass(frozen=True)
class Check:
    """One thing to look at; ``title`` says how it should be."""

    title: str
    look: Callable[[], Iterator[Mistake]]
