# SPDX-License-Identifier: AGPL-3.0-or-later
"""The harbour, seen through the Gate's own addresses, settings and middleware."""

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from tests.gate.applicant import Dov
from tests.intake.harbour import Harbour, harbour

__all__ = ["harbour"]


@pytest.fixture
def gate(db: None, harbour: Harbour, settings: Settings) -> Harbour:
    """The public program of Free Harbour, taking applications."""
    settings.ROOT_URLCONF = "watchword.config.urls_gate"
    settings.MIDDLEWARE = [name for name in configured.MIDDLEWARE if ".accounts." not in name]
    settings.FILE_UPLOAD_HANDLERS = []
    return harbour


@pytest.fixture
def dov(gate: Harbour) -> Dov:
    """An applicant who is not here yet."""
    return Dov()
