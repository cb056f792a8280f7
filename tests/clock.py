# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clock of all tests of this process. It stands still: no test meets the end of a minute or of a year.

Programs that a test starts have the machine's clock. WATCHWORD_TEST_CLOCK sets this one to another moment.
"""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

ORDINARY = "2026-11-22T09:30:12Z"
STANDS_AT = datetime.fromisoformat(os.environ.get("WATCHWORD_TEST_CLOCK", ORDINARY)).astimezone(UTC)
TODAY: date = STANDS_AT.date()


def now() -> datetime:
    """What both programs and their tests take for now."""
    return STANDS_AT


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """Every page and every service that asks for the time is told this one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", now)
        yield
