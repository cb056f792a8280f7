# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same strict headers on every answer."""

import pytest
from django.test import Client
from pytest_django import Settings

from watchword.web.headers import STRICT

ANSWERS = [
    "/", "/saved/", "/careless/", "/nowhere/", "/refuse/not-permitted/", "/refuse/wrong-state/",
    "/fail/bug/", "/fail/suspicious/", "/language/uk/?next=/", "/left/",
]  # fmt: skip


@pytest.mark.parametrize("address", ANSWERS)
def test_no_answer_escapes_the_headers(visitor: Client, address: str, settings: Settings) -> None:
    answer = visitor.get(address)
    assert {name: answer[name] for name in STRICT} == STRICT
    assert answer["Content-Security-Policy"] == settings.SECURE_CSP
    assert "Server" not in answer


def test_the_refusal_of_a_forged_form_has_the_headers_too(visitor: Client) -> None:
    answer = visitor.post("/form/")
    assert answer["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer


def test_no_cookie_outlives_the_browser(visitor: Client) -> None:
    cookies = visitor.get("/careless/").cookies
    for name in ("remember", "until"):
        assert cookies[name]["max-age"] == cookies[name]["expires"] == ""
    assert cookies["gone"]["max-age"] == 0
