# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the home page says of custody: shares that are waited for, and loudly every broken glass."""

from dataclasses import dataclass, replace
from datetime import datetime

from watchword.accounts.rules import ADMINISTRATOR, AUDITOR, CUSTODIANS, Actor, Permission
from watchword.custody.rules import Stage
from watchword.custody.selectors.batches import BatchRow
from watchword.custody.selectors.finding import broken, for_custodians
from watchword.custody.selectors.pages import seat_page
from watchword.custody.selectors.resplit_pages import splitting_left
from watchword.custody.selectors.rows import ReleaseRow, row_of


@dataclass(frozen=True)
class Home:
    """``waiting`` for this person's share, ``opens`` to this person; ``glasses``: not looked at yet.

    ``batches``: many cases for a program, which wait for this person's share. ``splitting``: where one anew
    stands, and how many things are still as they were.
    """

    waiting: tuple[ReleaseRow, ...]
    opens: tuple[ReleaseRow, ...]
    glasses: tuple[ReleaseRow, ...]
    batches: tuple[BatchRow, ...]
    splitting: tuple[Stage, int] | None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing of custody waits for this person."""
        return not (self.waiting or self.opens or self.glasses or self.batches or self.splitting)


WATCHERS = CUSTODIANS | {ADMINISTRATOR, AUDITOR}


def home(*, viewer: Actor, now: datetime) -> Home:
    """What concerns this person; nothing for most."""
    seat = seat_page(viewer=viewer, now=now) if viewer.has(Permission.RELEASE_ANSWER) else None
    mine = for_custodians(now) if viewer.has(Permission.RELEASE_OPEN) else []
    rows = [row_of(one, viewer=viewer, now=now) for one in mine if one.asked_by_id == viewer.id]
    loud = [row_of(one, viewer=viewer, now=now) for one in broken()] if viewer.roles & WATCHERS else []
    return Home(
        waiting=seat.waiting if seat else (),
        batches=seat.batches if seat else (),
        splitting=splitting_left(viewer=viewer),
        opens=tuple(row for row in rows if row.why_not_open is None),
        # An administrator learns that it was broken, and of no case.
        glasses=tuple(replace(row, code="") if ADMINISTRATOR in viewer.roles else row for row in loud),
    )
