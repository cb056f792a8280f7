# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the files of a copy are called, and why one could not be made."""

from pathlib import Path

RECOVERY = "recovery.pub"
"""In the Desk's directory, and beside every copy: whom copies are sealed to."""
COMPARTMENT = "recovery"
STATE, STORE = "desk", "keystore"
BODIES = "bodies"
SQLITE, POSTGRESQL = "desk.sqlite3", "database.pgdump"
# Never in a copy: bodies lie beside it once for all, the key store apart, and lists can be fetched again.
LEFT_OUT = frozenset({"vault", "keystore", "lists", "desk.sqlite3", "desk.sqlite3-wal", "desk.sqlite3-shm"})


class CannotBackUp(Exception):
    """The copy was not made or not restored, with the reason in a sentence."""


def newest(folder: Path, kind: str) -> Path:
    """The newest copy of this kind; its name has the moment in it."""
    found = sorted(folder.glob(f"{kind}-*.age"))
    if not found:
        raise CannotBackUp(f"there is no copy of the {kind} in {folder}")
    return found[-1]
