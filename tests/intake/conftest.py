# SPDX-License-Identifier: AGPL-3.0-or-later
"""The harbour, and an applicant who has begun, for every test of the Gate's storage."""

from datetime import datetime

import pytest

from tests import clock
from tests.intake.draft import begun
from tests.intake.harbour import Harbour, harbour
from watchword.intake.services import Visit

__all__ = ["harbour"]


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def visit(db: None, harbour: Harbour, now: datetime) -> Visit:
    """Somebody who has made contact and checked the receipt."""
    return begun(now)
