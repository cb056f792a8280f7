# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the home page shows: what waits, what runs out, what came back; sorted by time and by nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from watchword.accounts import key_states, proposals
from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission
from watchword.accounts.selectors import HandOver, Mandate
from watchword.cases import selectors as cases
from watchword.cases.selectors import SOON, Calls, Unfinished, Waiting, Waits
from watchword.custody import selectors as custody
from watchword.custody.selectors import BatchRow
from watchword.decisions import selectors as decisions
from watchword.matching.selectors.process import Matcher, matcher
from watchword.oversight import selectors as oversight
from watchword.oversight.selectors import Beyond, Watch
from watchword.protection import selectors as protection
from watchword.screening import selectors as screening


@dataclass(frozen=True)
class Part:
    """The rows of one part of the page, and the kinds of which there are more than stand here."""

    rows: Sequence[Waiting]
    more: Sequence[Waits]


@dataclass(frozen=True)
class Home:
    """What applicants call out, what waits, runs out or came back, and what is to be done about roles."""

    calls: Calls
    unfinished: Sequence[Unfinished]
    waiting: Part
    running_out: Part
    came_back: Part
    hand_overs: Sequence[HandOver]
    proposals: Sequence[proposals.Waiting]
    stale_keys: Sequence[str]
    mandates: Sequence[Mandate]
    custody: custody.Home
    run: BatchRow | None
    beyond: Sequence[Beyond]
    matcher: Matcher
    protection: protection.Home
    watch: Watch
    opened: cases.Opened

    @property
    def no_work(self) -> bool:
        """Whether nothing waits in any case."""
        parts = (self.waiting, self.running_out, self.came_back)
        return not (self.calls.rows or self.unfinished) and not any(part.rows for part in parts)

    @property
    def matcher_waits(self) -> bool:
        """Whether somebody must see to the matcher."""
        return self.matcher in (Matcher.LOCKED, Matcher.SILENT)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all waits."""
        about_people = self.hand_overs or self.proposals or self.stale_keys or self.mandates or self.beyond
        asked = self.custody.is_quiet and self.protection.is_quiet and self.watch.is_quiet
        told = self.opened.rows or self.run or about_people or self.matcher_waits
        return self.no_work and asked and not told


def home(*, viewer: Actor, now: datetime) -> Home:
    """Everything that waits for this person; each thing in one place, and the first few of each kind."""
    today = now.date()
    steps, tasks = cases.steps_waiting_for(viewer, today=today), cases.tasks_waiting_for(viewer, now=now)
    letters = cases.letters_waiting_for(viewer)
    others = (
        cases.offers_waiting_for(viewer),
        cases.joinings_waiting_for(viewer),
        cases.erasures_waiting_for(viewer, today=today),
        screening.waiting_for(viewer, now=now),
        decisions.waiting_for(viewer, now=now),
    )
    soon = today + SOON
    waiting = [row for one in (steps.later, tasks.later, *others) for row in one.rows if _due(row) > soon]
    running_out = [row for one in (steps.soon, tasks.soon, *others) for row in one.rows if _due(row) <= soon]
    return Home(
        calls=cases.open_calls(viewer=viewer),
        unfinished=cases.unfinished(viewer),
        # What others began has clocks of its own: what does not fit moves up from the end of what waits.
        waiting=Part(sorted(waiting, key=lambda row: row.since), _more((steps.later, tasks.later, *others))),
        running_out=Part(sorted(running_out, key=_due), _more((steps.soon, tasks.soon))),
        came_back=Part(letters.rows, _more((letters,))),
        hand_overs=accounts.hand_overs_open_to(viewer),
        proposals=proposals.pressing(viewer),
        stale_keys=key_states.stale_keys_of(viewer),
        mandates=accounts.mandates_ending(viewer, now),
        custody=custody.home(viewer=viewer, now=now),
        run=screening.run_to_start(viewer=viewer, now=now),
        beyond=oversight.beyond_usual(viewer=viewer, now=now),
        # Those who run the machinery, and nobody else, can do something about it.
        matcher=matcher() if viewer.has(Permission.MACHINE_READ) else Matcher.NONE,
        protection=protection.home(viewer=viewer, now=now),
        watch=oversight.watch(viewer=viewer, now=now),
        opened=cases.opened_by_others(viewer=viewer, now=now),
    )


def _more(kinds: Iterable[Waits]) -> list[Waits]:
    return [one for one in kinds if one.more != 0]


def _due(row: Waiting) -> date:
    return row.due or date.max
