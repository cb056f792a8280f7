# SPDX-License-Identifier: AGPL-3.0-or-later
"""What has come into a case since one person last looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.cases.models import Case, Look
from watchword.cases.selectors.joined import together
from watchword.journal.events import Event
from watchword.journal.selectors import Moment, timeline


@dataclass(frozen=True)
class LastLook:
    """How far ``viewer`` had read before this visit; on the first one ``at`` is None.

    ``read_to`` is None for a page on which nothing is to be marked.
    """

    viewer: str
    at: datetime | None = None
    read_to: int | None = None

    def is_new(self, moment: Moment) -> bool:
        """Whether somebody else did this since; what I do myself is no news to me."""
        return self.read_to is not None and moment.number > self.read_to and moment.actor != self.viewer


def last_look(case: Case, *, viewer: Actor) -> LastLook:
    """The end of the visit before the present one."""
    look = Look.objects.filter(case=case, staff=viewer.id).first()
    return LastLook(viewer.id) if look is None else LastLook(viewer.id, look.before_at, look.before)


def new_records(moments: Iterable[Moment], look: LastLook) -> frozenset[str]:
    """The sealed records that were stored since."""
    stored = (moment for moment in moments if moment.event is Event.SEAL_HASH and look.is_new(moment))
    return frozenset(str(moment.payload["record"]) for moment in stored)


def fresh_records(case: Case, *, viewer: Actor) -> frozenset[str]:
    """The sealed records that came since this person last looked, in this case and those joined with it."""
    look = last_look(case, viewer=viewer)
    return frozenset().union(*(new_records(timeline(one.uid), look) for one in together(case)))
