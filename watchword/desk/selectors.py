# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the home page shows: gathered from the rooms below, sorted by time and by nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.accounts.selectors import HandOver
from watchword.cases import selectors as cases
from watchword.core.refusals import Sentence
from watchword.decisions import selectors as decisions

SOON = timedelta(days=3)


class Waiting(Protocol):
    """One thing that waits for a person, from whichever room."""

    @property
    def code(self) -> str:
        """The case code."""

    @property
    def what(self) -> Sentence:
        """What is to be done."""

    @property
    def since(self) -> datetime:
        """When it began to wait."""

    @property
    def due(self) -> date | None:
        """The last day, when there is a clock."""

    @property
    def url(self) -> str:
        """Where it is done."""


@dataclass(frozen=True)
class Home:
    """What waits, what runs out, and who waits for a key."""

    waiting: Sequence[Waiting]
    running_out: Sequence[Waiting]
    hand_overs: Sequence[HandOver]


def home(*, viewer: Actor, now: datetime) -> Home:
    """Everything that waits for this person; each thing in one place."""
    rows: list[Waiting] = [*cases.waiting_for(viewer), *decisions.waiting_for(viewer)]
    running_out = [row for row in rows if row.due is not None and row.due <= (now + SOON).date()]
    waiting = [row for row in rows if row not in running_out]
    return Home(
        waiting=sorted(waiting, key=lambda row: row.since),
        running_out=sorted(running_out, key=lambda row: (row.due or date.max, row.since)),
        hand_overs=accounts.hand_overs_open_to(viewer),
    )
