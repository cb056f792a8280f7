# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether this program can do its work: its database, the signed list of keys, the room on its disk."""

import shutil
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from watchword import trust
from watchword.trust.manifest import Untrusted

# Of a table, so that a database whose file or tables are gone does not count as one that answers.
LEAST_FREE = 2 * 2**30
"""Bytes: with less room a file of the largest size no longer fits twice."""

ENDING = timedelta(days=14)
"""Before the list of keys ends, so long is told: two officers must meet to sign the next."""

QUESTION = "SELECT 1 FROM django_migrations LIMIT 1"


def works() -> bool:
    """Whether the database answers and there is a list of keys in force to seal to."""
    return database_answers() and manifest_ends() is not None


def database_answers() -> bool:
    """Whether the database can be asked for the tables of this program."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(QUESTION)
    except DatabaseError:
        return False
    return True


def manifest_ends() -> date | None:
    """The last day of the list of keys in force for this program's procedure; None when there is none."""
    try:
        manifest = trust.current()
    except Untrusted:
        return None
    return manifest.expires if manifest.profile == settings.WATCHWORD_PROFILE else None


def free_bytes() -> int:
    """How much room the disk of this program's folder has."""
    return shutil.disk_usage(Path(settings.WATCHWORD_MANIFEST).parent).free
