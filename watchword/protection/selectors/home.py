# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the home page says of protection; nothing for most."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.protection.selectors.compromises import CompromiseRow, open_compromises
from watchword.protection.selectors.enquiries import EnquiryRow, NoticeRow, enquiries, notices


@dataclass(frozen=True)
class Home:
    """``notices`` for whoever keeps the case, ``waiting`` for a custodian who can do something.

    ``compromises``: those that are open, for both.
    """

    notices: tuple[NoticeRow, ...]
    waiting: tuple[EnquiryRow, ...]
    compromises: tuple[CompromiseRow, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing outside concerns a case of this person's."""
        return not (self.notices or self.waiting or self.compromises)


def home(*, viewer: Actor, now: datetime) -> Home:
    """What concerns this person."""
    rows = enquiries(viewer=viewer)
    waiting = [row for row in rows if row.why_not_ask is None or row.why_not_look is None]
    return Home(notices(viewer=viewer, now=now), tuple(waiting), open_compromises(viewer=viewer))
