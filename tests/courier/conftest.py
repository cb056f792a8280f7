# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Gate of the small organisation, reached as the Desk reaches it: by its address alone."""

import httpx
import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from tests.courier.town import Town
from tests.organisation import Organisation


@pytest.fixture
def town(organisation: Organisation, settings: Settings) -> Town:
    """Desk and Gate of one organisation."""
    settings.ROOT_URLCONF = "watchword.config.urls_gate"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if ".accounts." not in name]
    return Town(organisation, httpx.WSGITransport(app=get_wsgi_application()))
