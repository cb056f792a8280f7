# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who read more cases than is usual in a day, and how often: by the ledger, and by no second list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor, Permission
from watchword.journal import selectors as journal
from watchword.journal.events import Event

SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Beyond:
    """One person on one day, and of how many further cases they said why."""

    staff_id: str
    name: str
    day: date
    times: int


def beyond_usual(*, viewer: Actor, now: datetime) -> Sequence[Beyond]:
    """The last thirty days, newest first, for those who watch the staff; nobody else learns of it."""
    if not viewer.has(Permission.STAFF_LIST):
        return ()
    moments = journal.since(Event.READ_BEYOND, now - SHOWN)
    times = Counter((one.at.date(), one.actor) for one in moments)
    names = accounts.names({one.actor for one in moments})
    return [
        Beyond(actor, names.get(actor, ""), day, number)
        for (day, actor), number in sorted(times.items(), reverse=True)
    ]
