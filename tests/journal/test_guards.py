# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database refuses to change what was recorded, and starting up refuses a database that would not."""

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from tests.journal.conftest import note
from watchword.journal import guards
from watchword.journal.keyfile import LogKey
from watchword.journal.models import PendingEntry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        {"entry": b"another"},
        {"nonce": "00" * 16},
        {"actor": "00" * 16},
        {"leaf_index": None},
        {"leaf_index": 7, "entry": b"another"},
    ],
)
def test_a_recorded_entry_is_not_changed(key: LogKey, change: dict[str, object]) -> None:
    note()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        PendingEntry.objects.update(**change)


def test_an_entry_gets_its_index_once(key: LogKey) -> None:
    note()
    PendingEntry.objects.update(leaf_index=0)
    for index in (1, None):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            PendingEntry.objects.update(leaf_index=index)


def test_a_recorded_entry_is_not_deleted(key: LogKey) -> None:
    note()
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM journal_pendingentry")


def test_a_missing_guard_fails_the_system_check_until_it_is_put_back(db: None) -> None:
    assert guards.missing(connection) == []
    with connection.cursor() as cursor:
        on = " ON journal_pendingentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER journal_entry_stays{on}")
    (problem,) = [each for each in run_checks(databases=["default"]) if each.id == "journal.E001"]
    assert "journal_entry_stays" in problem.msg
    guards.install_after_migrate(using="default")
    guards.install_after_migrate(using="default")
    assert guards.check_guards(databases=["default"]) == []


def test_a_database_without_the_journal_has_nothing_to_guard(db: None) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_pendingentry RENAME TO elsewhere")
        assert guards.check_guards(databases=["default"]) == []
        guards.install_after_migrate(using="default")
        cursor.execute("ALTER TABLE elsewhere RENAME TO journal_pendingentry")
