# SPDX-License-Identifier: AGPL-3.0-or-later
"""Emptying tables after a test that really commits: guards which forbid deleting step aside for it.

Only SQLite needs it, where Django empties tables by DELETE. Emptying ends with post_migrate, which puts
every guard back before the next test.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase


@pytest.fixture(scope="session", autouse=True)
def emptying_lifts_the_guards() -> Iterator[None]:
    """Drop all triggers right before Django's own clearing up, in every test with real commits."""
    empty = getattr(TransactionTestCase, "_fixture_teardown")  # noqa: B009 - the type stubs do not know it

    def lift_and_empty(case: TransactionTestCase) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lift_and_empty)
        yield
