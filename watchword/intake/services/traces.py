# SPDX-License-Identifier: AGPL-3.0-or-later
"""What deleting leaves behind. A deleted row still lies in the log, and copies of it between other rows."""

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

REWRITTEN_UP_TO = 64 << 20
"""Bytes that are written anew: half a second in which writers wait. More than that is left for later."""


def remove_after_commit() -> None:
    """Once the present transaction is durable, empty SQLite's write-ahead log of what was deleted.

    The pages themselves are overwritten by ``secure_delete``. PostgreSQL keeps its log for as long as its
    operator says: docs/threat-model.md names the settings.
    """
    transaction.on_commit(_empty_the_log)


def rewrite_after_commit() -> None:
    """The same for what has left the Gate for good, thoroughly.

    ``secure_delete`` overwrites a row where it lies when it is deleted. A row that was moved to another page
    before that, because its neighbours grew, may leave a copy of itself in the gap of the old page.
    """
    transaction.on_commit(_rewrite)


def _rewrite() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            if _in_use(cursor) <= REWRITTEN_UP_TO:
                try:
                    cursor.execute("VACUUM")
                except OperationalError:
                    # Somebody writes, and goes on writing: the next time will do.
                    return
    _empty_the_log()


def _in_use(cursor: CursorWrapper) -> int:
    """Bytes of the database that hold something."""
    pages, free, size = (
        int(cursor.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _empty_the_log() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
