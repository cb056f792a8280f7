# SPDX-License-Identifier: AGPL-3.0-or-later
"""The applicant reads how often and for what kind of check it was opened: the next day, or when it may be."""

from datetime import timedelta

from tests.custody.around_a_safe import SEATS, Safe
from watchword.cases.services import tell_openings
from watchword.custody.rules import PROTECT
from watchword.trust.letter import Opened


def told(safe: Safe) -> list[Opened]:
    """What the newest letter in the mailbox says of what lies with custodians."""
    kept = {"relatives", "releases", *(f"custodian-{number}" for number in range(1, 6))}
    return [one for one in safe.applicant.mailbox()[-1].opened if one.compartment in kept]


def test_the_day_after_it_says_how_often_and_for_what_and_nothing_of_custodians(safe: Safe) -> None:
    release = safe.give(safe.ask(), *SEATS[:3])
    safe.open(release)
    safe.later(minutes=5)
    safe.open(release)
    opened = safe.now.date()
    safe.later(days=1)
    assert tell_openings(now=safe.now) == 1
    assert told(safe) == [Opened("relatives", PROTECT, 2, opened)]
    assert tell_openings(now=safe.now) == 0


def test_what_is_deferred_is_told_on_its_day_and_not_before(safe: Safe) -> None:
    day = safe.now.date() + timedelta(days=3)
    release = safe.give(safe.ask(told=day), *SEATS[:3])
    safe.open(release)
    opened = safe.now.date()
    for _ in range(2):
        safe.later(days=1)
        tell_openings(now=safe.now)
        assert told(safe) == []
    safe.later(days=1)
    assert tell_openings(now=safe.now) == 1
    assert told(safe) == [Opened("relatives", PROTECT, 1, opened)]
