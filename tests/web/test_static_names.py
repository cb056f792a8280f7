# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page loads has a name that changes with it, so that a browser on a slow line asks for it once."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from watchword.config.settings import base
from watchword.config.static_headers import POLICY
from watchword.config.static_names import HashedFiles, HashedNames

STYLES = "built/gate.css"
HASHED = re.compile(r"/static/built/gate\.[0-9a-f]{12}\.css")


@pytest.fixture
def server(settings: Settings) -> HashedFiles:
    """The middleware as both programs have it, before a view that finds nothing."""
    settings.STORAGES = base.STORAGES
    settings.WHITENOISE_USE_FINDERS = base.WHITENOISE_USE_FINDERS
    settings.WHITENOISE_ADD_HEADERS_FUNCTION = base.WHITENOISE_ADD_HEADERS_FUNCTION
    settings.WHITENOISE_ALLOW_ALL_ORIGINS = base.WHITENOISE_ALLOW_ALL_ORIGINS
    return HashedFiles(nothing)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=404)


def test_the_hashed_name_is_kept_for_ever_and_the_bare_one_is_not(server: HashedFiles) -> None:
    address = HashedNames().url(STYLES)
    assert HASHED.fullmatch(address)
    kept, bare = (server(RequestFactory().head(one)) for one in (address, f"/static/{STYLES}"))
    assert kept["ETag"] == bare["ETag"]
    assert "immutable" in kept["Cache-Control"]
    assert "immutable" not in bare["Cache-Control"]
    for answer in (kept, bare):
        assert answer["Content-Security-Policy"] == POLICY
        assert "Access-Control-Allow-Origin" not in answer


def test_a_name_of_ones_own_making_is_no_file(server: HashedFiles) -> None:
    assert server(RequestFactory().get("/static/built/gate.000000000000.css")).status_code == 404


def test_a_file_that_is_not_there_keeps_its_name() -> None:
    assert HashedNames().url("built/nowhere.css") == "/static/built/nowhere.css"
