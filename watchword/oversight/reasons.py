# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens why somebody read more cases than is usual, for an auditor; recorded like every opening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import selectors as cases
from watchword.core.refusals import Sentence, WrongState, sentence
from watchword.journal import selectors as journal
from watchword.journal.events import Event
from watchword.oversight.selectors import SHOWN
from watchword.vault.opening import open_together

PURPOSE = "oversight"


@dataclass(frozen=True)
class Reason:
    """Why one further case was opened, after how many; ``fault``: why that cannot be read."""

    code: str
    at: datetime
    opened: int
    words: str
    fault: Sentence | None


@dataclass(frozen=True)
class Reasons:
    """Everything that one person gave as a reason lately, newest first."""

    name: str
    reasons: Sequence[Reason]


def read_reasons(*, staff_id: str, actor: Actor, now: datetime) -> Reasons:
    """The sentences of one person; WrongState when there are none."""
    check_has(actor, Permission.EXPOSURE_READ)
    name = accounts.staff_by_id(staff_id).name
    moments = [one for one in journal.since(Event.READ_BEYOND, now - SHOWN) if one.actor == staff_id]
    if not moments:
        raise WrongState(sentence("This person has not gone beyond what is usual in the last thirty days."))
    uids = [str(one.payload["reason"]) for one in moments]
    opened = open_together(uids, actor=actor, purpose=PURPOSE, now=now)
    known = cases.named(one.case for one in moments if one.case)
    rows = []
    for moment, uid in zip(moments, uids, strict=True):
        said, case = opened[uid], known.get(moment.case or "")
        words, fault = ("", said.reason) if isinstance(said, WrongState) else (said.decode(), None)
        rows.append(Reason(case.code if case else "", moment.at, int(moment.payload["opened"]), words, fault))
    return Reasons(name, rows[::-1])
