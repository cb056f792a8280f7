# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of both programs without the rooms above them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _only_web(settings: Settings) -> Iterator[None]:
    """No accounts, no database; the rooms of the Desk's navigation are replaced by one link."""
    settings.ROOT_URLCONF = "tests.web.pages"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "accounts" not in name]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}]
    with translation.override("en"):
        yield


@pytest.fixture(params=["gate", "desk"])
def program(request: pytest.FixtureRequest, settings: Settings) -> str:
    settings.WATCHWORD_PROGRAM = request.param
    return str(request.param)


@pytest.fixture
def visitor(program: str) -> Client:
    """A browser at either program that shows failures as pages, as a reader would see them."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)
