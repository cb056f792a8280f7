# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a watching machine is told: 200 or 503, and nothing that anybody could learn something from."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests.organisation import Organisation
from watchword.web import health

PROGRAMS = ["watchword.config.urls_desk", "watchword.config.urls_gate"]
# The strict headers, which every answer has, and the language, which every visitor chose himself.
SAID_ANYWAY = {
    "cache-control", "content-language", "content-length", "content-security-policy", "content-type",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy", "referrer-policy",
    "vary", "x-content-type-options", "x-dns-prefetch-control", "x-frame-options", "x-robots-tag",
}  # fmt: skip


@pytest.mark.parametrize("addresses", PROGRAMS)
def test_both_programs_say_that_they_work_and_nothing_else(
    organisation: Organisation, settings: Settings, addresses: str
) -> None:
    settings.ROOT_URLCONF = addresses
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"", {})
    assert {name.lower() for name in answer.headers} <= SAID_ANYWAY


@pytest.mark.parametrize("addresses", PROGRAMS)
def test_without_a_list_of_keys_in_force_neither_says_that_it_works(
    organisation: Organisation, settings: Settings, addresses: str
) -> None:
    settings.ROOT_URLCONF = addresses
    Path(settings.WATCHWORD_MANIFEST).unlink()
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"")


def test_without_its_tables_no_program_says_that_it_works(organisation: Organisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO elsewhere")
    assert not health.database_answers()


def test_nobody_can_write_to_it() -> None:
    assert Client().post("/healthz").status_code == 405
