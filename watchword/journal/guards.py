# SPDX-License-Identifier: AGPL-3.0-or-later
"""Database triggers that refuse to change or delete a recorded entry, and a check that they are there.

They are installed after every migration and not by one, because SQLite drops triggers silently whenever
Django rebuilds a table. They do not stop the owner of the database, who can drop them: the ledger outside
the database is there for that.
"""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "journal_pendingentry"
TRIGGERS = ("journal_entry_stays", "journal_entry_unchanged")

_SQLITE = (
    """
    CREATE TRIGGER IF NOT EXISTS journal_entry_unchanged BEFORE UPDATE ON journal_pendingentry
    WHEN NEW.id IS NOT OLD.id OR NEW.nonce IS NOT OLD.nonce OR NEW.actor IS NOT OLD.actor
        OR NEW.entry IS NOT OLD.entry OR OLD.leaf_index IS NOT NULL OR NEW.leaf_index IS NULL
    BEGIN SELECT RAISE(ABORT, 'a recorded entry is never changed or deleted'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS journal_entry_stays BEFORE DELETE ON journal_pendingentry
    BEGIN SELECT RAISE(ABORT, 'a recorded entry is never changed or deleted'); END
    """,
)
_POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION journal_entry_guard() RETURNS trigger AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.leaf_index IS NULL AND NEW.leaf_index IS NOT NULL
            AND (NEW.id, NEW.nonce, NEW.actor, NEW.entry) = (OLD.id, OLD.nonce, OLD.actor, OLD.entry)
        THEN RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a recorded entry is never changed or deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE OR REPLACE TRIGGER journal_entry_unchanged BEFORE UPDATE ON journal_pendingentry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_guard()
    """,
    """
    CREATE OR REPLACE TRIGGER journal_entry_stays BEFORE DELETE ON journal_pendingentry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_guard()
    """,
)
_INSTALL = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers, where they are missing."""
    with connection.cursor() as cursor:
        for statement in _INSTALL[connection.vendor]:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that this database lacks."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor], [TABLE])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in TRIGGERS if name not in present]


def install_after_migrate(*, using: str, **_: object) -> None:
    """Receiver of post_migrate."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        install(connection)


def check_guards(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
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
