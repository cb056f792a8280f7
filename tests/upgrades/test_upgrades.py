# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an older version wrote is still there after an upgrade, value by value, on both engines."""

from pathlib import Path

import pytest
from django.apps import apps
from pytest_django import DjangoDbBlocker

from tests.upgrades.frozen import (
    ALIAS,
    VERSIONS,
    Frozen,
    Rows,
    bring_to,
    columns,
    empty_database,
    newest,
    put_back,
    stored,
)
from watchword.journal import guards

KEPT = sorted(VERSIONS.glob("*.json"))


@pytest.mark.database
@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_nothing_that_an_older_version_wrote_is_lost(
    django_db_blocker: DjangoDbBlocker, tmp_path: Path, path: Path
) -> None:
    frozen = Frozen.read(path)
    with django_db_blocker.unblock(), empty_database(tmp_path) as connection:
        old = bring_to(connection, frozen.migrations)
        assert columns(connection) == frozen.columns, "a migration that was released is never edited"
        put_back(frozen.rows, old, ALIAS)
        guards.install(connection)
        bring_to(connection, newest(connection))
        assert changed(frozen.rows) == []
        with connection.cursor() as cursor:
            cursor.execute("UPDATE cases_letter SET kind = 'lost'")
        assert changed(frozen.rows) == ["cases.letter"], "what an upgrade loses is seen here"


def changed(before: Rows) -> list[str]:
    """The tables in which a value is not what it was; columns that came later may hold anything."""
    present = {model._meta.label_lower: model for model in apps.get_models()}
    now = {label: stored(present[label], ALIAS) for label in before}
    return [
        label
        for label, rows in before.items()
        if [{**row, **old} for row, old in zip(now[label], rows, strict=True)] != now[label]
    ]


def test_there_is_something_to_upgrade_from() -> None:
    assert all(any(Frozen.read(path).rows.values()) for path in KEPT)
    assert KEPT
