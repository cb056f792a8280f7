# SPDX-License-Identifier: AGPL-3.0-or-later
"""Database triggers that refuse to change or delete a recorded entry, whoever asks, and a check that they are there.

They are installed after every migration and not by one, because SQLite drops triggers silently whenever
Django rebuilds a table. They do not stop the owner of the database, who can drop them: the ledger outside
the database is there for that.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "journal_pendingentry"
_COLUMNS = ("id", "nonce", "actor", "entry")
_REFUSAL = "a recorded entry is never changed or deleted"
TRIGGERS = ("journal_entry_stays", "journal_entry_unchanged")

_SQLITE_CHANGED = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _COLUMNS)
_POSTGRESQL_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in _COLUMNS)
_SQLITE = [
    f"CREATE TRIGGER IF NOT EXISTS journal_entry_unchanged BEFORE UPDATE ON {TABLE} "
    f"WHEN {_SQLITE_CHANGED} OR OLD.leaf_index IS NOT NULL OR NEW.leaf_index IS NULL "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"CREATE TRIGGER IF NOT EXISTS journal_entry_stays BEFORE DELETE ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
]
_POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION journal_entry_guard() RETURNS trigger AS $$ BEGIN "
    f"IF TG_OP = 'UPDATE' AND NOT ({_POSTGRESQL_CHANGED}) "
    "AND OLD.leaf_index IS NULL AND NEW.leaf_index IS NOT NULL THEN RETURN NEW; END IF; "
    f"RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql",
    f"CREATE OR REPLACE TRIGGER journal_entry_unchanged BEFORE UPDATE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION journal_entry_guard()",
    f"CREATE OR REPLACE TRIGGER journal_entry_stays BEFORE DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION journal_entry_guard()",
]
_INSTALL: Mapping[str, Sequence[str]] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_PRESENT = {
    "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{TABLE}'",
    "postgresql": f"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{TABLE}') AND tgenabled <> 'D'",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, where they are missing."""
    with connection.cursor() as cursor:
        for statement in _INSTALL[connection.vendor]:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that this database lacks."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in TRIGGERS if name not in present]


def install_after_migrate(*, using: str, **kwargs: object) -> None:
    """Receiver of post_migrate."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def check_guards(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: a database that would let entries be changed is an error."""
    problems: list[CheckMessage] = []
    for alias in databases or []:
        try:
            connection = connections[alias]
            absent = missing(connection) if TABLE in connection.introspection.table_names() else []
        except DatabaseError:
            absent = list(TRIGGERS)
        problems += [
            Error(f"The database {alias} lacks the trigger {name}.", hint="Run migrate.", id="journal.E001")
            for name in absent
        ]
    return problems
