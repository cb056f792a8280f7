# SPDX-License-Identifier: AGPL-3.0-or-later
"""What deleting leaves behind. A row that is gone from its table still lies in the log of the database."""

from django.db import connection, transaction


def remove_after_commit() -> None:
    """Once the present transaction is durable, empty SQLite's write-ahead log of what was deleted.

    The pages themselves are overwritten by ``secure_delete``. PostgreSQL keeps its log for as long as its
    operator says: docs/threat-model.md names the settings.
    """
    transaction.on_commit(_empty_the_log)


def _empty_the_log() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
