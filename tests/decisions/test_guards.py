# SPDX-License-Identifier: AGPL-3.0-or-later
"""The guards inside the database: put back after every migration, and missed loudly."""

import pytest
from django.apps import apps
from django.core.checks import Error
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from watchword.decisions import triggers
from watchword.decisions.guards import GUARDS, Guard

pytestmark = pytest.mark.django_db
READ_BY_GUARDS = {"cases_case", "cases_tie", *(guard.table for guard in GUARDS)}


def drop(name: str, table: str) -> None:
    of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{of_table}")


def test_after_the_migrations_every_guard_stands() -> None:
    assert triggers.missing(connection) == []
    assert triggers.check_installed(databases=["default"]) == []


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_that_was_removed_is_missed_by_name(guard: Guard) -> None:
    drop(guard.name, guard.table)
    assert triggers.missing(connection) == [guard.name]
    (error,) = triggers.check_installed(databases=["default"])
    assert isinstance(error, Error)
    assert guard.name in error.msg


def test_the_desk_does_not_pass_its_checks_without_a_guard() -> None:
    drop(GUARDS[0].name, GUARDS[0].table)
    with pytest.raises(SystemCheckError, match=GUARDS[0].name):
        call_command("check", databases=["default"])


def test_the_next_migration_puts_a_guard_back_and_installing_twice_does_no_harm() -> None:
    drop(GUARDS[0].name, GUARDS[0].table)
    for _ in range(2):
        triggers.install_after_migrate(using="default", sender=apps.get_app_config("decisions"))
    assert triggers.missing(connection) == []


@pytest.mark.parametrize("table", sorted(READ_BY_GUARDS))
def test_a_migration_can_rebuild_a_table_that_guards_read(table: str) -> None:
    """SQLite alters a table by making it anew, loses its triggers, and trips over those of other tables."""
    triggers.lift_before_migrate(using="default", plan=["a migration"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
            ((made,),) = cursor.fetchall()
            cursor.execute(made.replace(f'"{table}"', '"rebuilt"', 1))
            cursor.execute(f"DROP TABLE {table}")
            cursor.execute(f"ALTER TABLE rebuilt RENAME TO {table}")
    triggers.install_after_migrate(using="default")
    assert triggers.missing(connection) == []


def test_a_migration_with_nothing_to_do_lifts_no_guard() -> None:
    triggers.lift_before_migrate(using="default", plan=[])
    assert triggers.missing(connection) == []


def test_a_database_without_the_boards_tables_misses_nothing() -> None:
    with connection.cursor() as cursor:
        for table in ("decisions_review", "decisions_decision", "decisions_vote", "decisions_proposal"):
            cursor.execute(f"DROP TABLE {table}")
    assert [name for name in triggers.missing(connection) if name != "decisions_vote_stays_held"] == []
