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
        present = {model._meta.label_lower: model for model in apps.get_models()}
        for label, rows in frozen.rows.items():
            now = stored(present[label], ALIAS)
            assert [{**row, **before} for row, before in zip(now, rows, strict=True)] == now, label


def test_there_is_something_to_upgrade_from() -> None:
    assert all(any(Frozen.read(path).rows.values()) for path in KEPT)
    assert KEPT
