# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate of the small organisation, reached as the Desk reaches it: by its address alone."""

from collections.abc import Iterator

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from pytest_django import Settings

from tests.courier.town import Town
from tests.organisation import Organisation


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Here both programs share a connection and a transaction, which the end of a request must not close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def town(organisation: Organisation, settings: Settings, one_connection: None) -> Town:
    """Desk and Gate of one organisation."""
    settings.ROOT_URLCONF = "watchword.config.urls_gate"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if ".accounts." not in name]
    return Town(organisation, httpx.WSGITransport(app=get_wsgi_application()))
