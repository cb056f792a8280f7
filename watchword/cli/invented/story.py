# SPDX-License-Identifier: AGPL-3.0-or-later
"""When the demo's story happens: forty days that end a little before the visitor comes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# Over an hour ago, so that nobody's one-time code of now is spent.
END_BEFORE_NOW = timedelta(hours=1)
LENGTH = timedelta(days=40)
# A session lasts eight hours; in the story people log in again a little earlier.
WORKING_DAY = timedelta(hours=7)


@dataclass
class Clock:
    """Which minute it is in the story. Called, it says so."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def founding_time(now: datetime) -> datetime:
    """When the organisation was founded: an hour before its first day."""
    return first_and_last(now)[0] - timedelta(hours=1)


def first_and_last(now: datetime) -> tuple[datetime, datetime]:
    """The minutes in which the story begins and ends."""
    end = now - END_BEFORE_NOW
    return end - LENGTH, end
