# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes keys, and destroys them once the transaction that wants it is on the disk."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from watchword.keystore.models import Doomed
from watchword.keystore.store import KeyStore


def create() -> None:
    """A new store in the folders that the settings name; one that is there already is left alone."""
    store().create()


def make() -> str:
    """The name of a new key. When the caller's transaction fails, a key lies there that nothing uses."""
    return store().make()


def secret(name: str) -> bytes | None:
    """The key of this name, 32 bytes; None when it was destroyed."""
    return store().secret(name)


def destroy(names: Iterable[str]) -> None:
    """Destroy these keys as soon as this transaction is durable, and not at all if it is rolled back.

    The promise is a row of the same transaction: whoever is stopped in between is finished by ``finish``.
    """
    Doomed.objects.bulk_create([Doomed(name=name) for name in set(names)], ignore_conflicts=True)
    transaction.on_commit(finish)


def finish() -> int:
    """Destroy the keys that were promised, all in one change of epoch; how many rows that settled."""
    names = list(Doomed.objects.values_list("pk", flat=True))
    if names:
        store().destroy(names)
        Doomed.objects.filter(pk__in=names).delete()
    return len(names)


def store() -> KeyStore:
    """The store of this Desk."""
    return _store(str(settings.WATCHWORD_KEYSTORE_DIR), str(settings.WATCHWORD_KEYSTORE_ROOT_DIR))


@lru_cache(maxsize=4)
def _store(folder: str, roots: str) -> KeyStore:
    """One object a process, which remembers what it read."""
    return KeyStore(Path(folder), Path(roots))
