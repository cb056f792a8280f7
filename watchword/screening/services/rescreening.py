# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compares every open case with what the lists brought since it was last compared.

Each case is a transaction of its own and says by itself which lists it knows, so a run that stops half-way,
for whatever reason, goes on where it stopped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.core.refusals import Refused, WrongState, sentence
from watchword.core.screening.record import Person
from watchword.screening import selectors, shelf
from watchword.screening.selectors import Matter
from watchword.screening.services import reading, running
from watchword.screening.sheet import Sheet
from watchword.screening.shelf import Versions

BATCH = 100
"""Cases in one request: some seconds, most of them for writing each opening into the ledger."""


@dataclass(frozen=True)
class CaughtUp:
    """How many cases were compared, how many are still behind, and how many could not be read."""

    done: int
    left: int
    failed: int


def rescreen_changed(*, actor: Actor, now: datetime, most: int = BATCH) -> CaughtUp:
    """The next cases that are behind, at most so many. WrongState when there are none."""
    check_has(actor, Permission.SCREENING_RUN)
    behind = selectors.behind(viewer=actor)
    if not behind:
        raise WrongState(sentence("Every open case knows the lists of today."))
    batch = sorted(behind[:most], key=_lists_known)
    failed = sum(_catch_up(list(alike), actor, now) for _, alike in groupby(batch, key=_lists_known))
    return CaughtUp(len(batch) - failed, len(behind) - len(batch) + failed, failed)


def _lists_known(one: Matter) -> list[tuple[str, int]]:
    return sorted(one.knows.items())


def _catch_up(alike: Sequence[Matter], actor: Actor, now: datetime) -> int:
    """Cases that know the same lists are searched in one go; how many of them could not be read."""
    opened = [(one, person) for one in alike if (person := _opened(one, actor, now)) is not None]
    lists = shelf.versions()
    found = shelf.search([person for _, person in opened], alike[0].knows)
    kept = [
        _kept(one, person, sheets, lists, actor=actor, now=now)
        for (one, person), sheets in zip(opened, found, strict=True)
    ]
    return len(alike) - sum(kept)


def _opened(one: Matter, actor: Actor, now: datetime) -> Person | None:
    """One altered record must not keep the other cases from being compared: it stays behind, counted."""
    try:
        return reading.open_applicant(one, actor=actor, now=now)
    except Refused:
        return None


def _kept(
    one: Matter,
    person: Person,
    sheets: tuple[Sheet, ...],
    lists: Versions,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    try:
        found = running.compared(one, sheets, lists, actor=actor, now=now)
        run = running.keep(one, found, actor=actor, now=now)
    except Refused:
        return False
    running.look_for_others(run, person, actor=actor, now=now)
    return True
