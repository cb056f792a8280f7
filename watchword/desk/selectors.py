# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the home page shows: gathered from the rooms below, sorted by time and by nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from watchword.accounts import key_states, proposals
from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.accounts.selectors import HandOver
from watchword.cases import selectors as cases
from watchword.cases.selectors import CallRow
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence
from watchword.decisions import selectors as decisions
from watchword.screening import selectors as screening

SOON = timedelta(days=2)


class Waiting(Protocol):
    """One thing that waits for a person, from whichever room."""

    @property
    def code(self) -> str:
        """The case code."""

    @property
    def stage(self) -> Text:
        """Where the case stands."""

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
    """What applicants call out, what waits, runs out or came back, and what is to be done about roles."""

    calls: Sequence[CallRow]
    waiting: Sequence[Waiting]
    running_out: Sequence[Waiting]
    came_back: Sequence[Waiting]
    hand_overs: Sequence[HandOver]
    proposals: Sequence[proposals.Waiting]
    stale_keys: Sequence[str]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all waits."""
        on_cases = self.calls or self.waiting or self.running_out or self.came_back
        return not (on_cases or self.hand_overs or self.proposals or self.stale_keys)


def home(*, viewer: Actor, now: datetime) -> Home:
    """Everything that waits for this person; each thing in one place, the longest waiting first."""
    answered = cases.written_to(viewer)
    mine = cases.waiting_for(viewer, today=now.date())
    came_back = [row for row in mine if row.code in answered]
    rows: list[Waiting] = [row for row in mine if row.code not in answered]
    rows += cases.tasks_waiting_for(viewer, now=now)
    rows += cases.offers_waiting_for(viewer)
    rows += cases.joinings_waiting_for(viewer)
    rows += screening.waiting_for(viewer)
    rows += decisions.waiting_for(viewer, now=now)
    soon = (now + SOON).date()
    return Home(
        calls=cases.open_calls(viewer=viewer),
        waiting=sorted((row for row in rows if _due(row) > soon), key=lambda row: row.since),
        running_out=sorted((row for row in rows if _due(row) <= soon), key=_due),
        came_back=sorted(came_back, key=lambda row: row.since),
        hand_overs=accounts.hand_overs_open_to(viewer),
        proposals=proposals.pressing(viewer),
        stale_keys=key_states.stale_keys_of(viewer),
    )


def _due(row: Waiting) -> date:
    return row.due or date.max
