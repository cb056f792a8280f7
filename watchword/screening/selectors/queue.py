# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue of screening: in order of declared danger and arrival, and of nothing that was found (law 6)."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.selectors.lists import ORDER
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence, sentence
from watchword.custody import selectors as custody
from watchword.screening.rules import RUN, STEPS, Step
from watchword.screening.selectors.matter import Matter, matters

SHOWN = 100
"""Rows of each part on the page: whoever works from the top never needs the rest."""


IN_A_RUN = sentence("In a run that custodians were asked for.")


@dataclass(frozen=True)
class QueueRow:
    """One case and what it waits for. ``hits``: how many, judged or not."""

    code: str
    stage: Text
    received: datetime
    step: Step
    what: Sentence
    hits: int


@dataclass(frozen=True)
class Group:
    """The first rows of one part of the queue, and how many more there are."""

    rows: tuple[QueueRow, ...]
    more: int


@dataclass(frozen=True)
class Queue:
    """The cases that wait for somebody here, for the applicant, and for nobody."""

    waiting: Group
    not_lodged: Group
    done: Group


def queue(*, viewer: Actor, now: datetime) -> Queue:
    """Every open case that this person may know of."""
    seen = cases.visible_cases(viewer).filter(closed_at=None).order_by(*ORDER)
    asked = custody.cases_asked_for(RUN, now)
    rows = [_row(one, asked=one.uid in asked) for one in matters(seen)]
    aside = (Step.LODGE, Step.NOTHING)
    return Queue(
        waiting=_group([row for row in rows if row.step not in aside]),
        not_lodged=_group([row for row in rows if row.step is Step.LODGE]),
        done=_group([row for row in rows if row.step is Step.NOTHING]),
    )


def _group(rows: list[QueueRow]) -> Group:
    return Group(tuple(rows[:SHOWN]), max(0, len(rows) - SHOWN))


def _row(one: Matter, *, asked: bool) -> QueueRow:
    title = one.profile.stage(one.stage).title
    what = IN_A_RUN if asked and one.step in (Step.COMPARE, Step.CATCH_UP) else STEPS[one.step]
    return QueueRow(one.code, title, one.received, one.step, what, len(one.hits))
