# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the guards into the database after every migration, and says loudly when one is gone."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from watchword.decisions.guards import GUARDS, Guard


def install(connection: BaseDatabaseWrapper, guards: Sequence[Guard] = GUARDS) -> None:
    """Put guards in place, replacing what is there; safe to repeat."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in _STATEMENTS[connection.vendor](guard):
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that are not in this database, of those whose table is."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(_INSTALLED[connection.vendor])
        installed = {row[0] for row in cursor.fetchall()}
    return [guard.name for guard in GUARDS if guard.table in tables and guard.name not in installed]


def lift_before_migrate(*, using: str, plan: Sequence[object], **_signal: Any) -> None:
    """Receiver of ``pre_migrate``: SQLite rebuilds no table that another table's trigger reads."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for guard in GUARDS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")


def install_after_migrate(*, using: str, **_signal: Any) -> None:
    """Receiver of ``post_migrate``: puts back what was lifted, and what SQLite dropped with a table."""
    install(connections[using])


def check_installed(*, databases: Sequence[str] | None = None, **_check: Any) -> list[CheckMessage]:
    """System check: a database that lost a guard is not one that the Desk may write to."""
    return [
        Error(
            f"The database {alias} lacks the guard {name}.",
            hint="Find out who removed it, then run the migrations with --skip-checks to put it back.",
            id="decisions.E001",
        )
        for alias in databases or ()
        for name in missing(connections[alias])
    ]


def _sqlite(guard: Guard) -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    return [
        f"DROP TRIGGER IF EXISTS {guard.name}",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} WHEN {guard.condition} {refusal}",
    ]


def _postgresql(guard: Guard) -> list[str]:
    refusal = f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'"
    body = f"BEGIN IF {guard.condition} THEN {refusal}; END IF; RETURN NEW; END"
    when = f"BEFORE {guard.event} ON {guard.table} FOR EACH ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$",
        f"CREATE OR REPLACE TRIGGER {guard.name} {when} EXECUTE FUNCTION {guard.name}()",
    ]


_STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
