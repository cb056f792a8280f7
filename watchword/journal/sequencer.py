# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one way from the database into the log: in order, in batches, each entry exactly once.

The log is written first and the database is told afterwards. Whoever is killed in between leaves a log
that is ahead of the database, and the next run notices that by counting.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.errors import Damaged
from watchword.core.ledger.tiles import TILE_WIDTH
from watchword.core.ledger.tree import leaf_hash
from watchword.journal.disk import Disk
from watchword.journal.keyfile import read_key_file
from watchword.journal.models import ActorHead, PendingEntry
from watchword.journal.tilelog import TileLog


@lru_cache(maxsize=4)
def tile_log(directory: Path, key_path: Path) -> TileLog:
    """The log in ``directory``, opened once in a process; it notices what other processes append."""
    return TileLog.open(Disk(directory), read_key_file(key_path))


def integrate(log: TileLog, *, timestamp: int) -> int:
    """Append every committed entry that is not in the log yet; returns how many. Not inside a transaction."""
    added = 0
    with log.exclusive():
        _catch_up(log)
        while batch := _waiting():
            placed = log.append([bytes(entry.entry) for entry in batch], timestamp=timestamp)
            _place(batch, placed)
            added += len(batch)
        if not added:
            log.settle()
    return added


def _waiting() -> Sequence[PendingEntry]:
    # Durable: an entry that could still be rolled back must never be seen here.
    with transaction.atomic(durable=True):
        return list(PendingEntry.objects.filter(leaf_index=None)[:TILE_WIDTH])


def _place(batch: Sequence[PendingEntry], indices: range) -> None:
    for entry, index in zip(batch, indices, strict=True):
        entry.leaf_index = index
    with transaction.atomic(durable=True):
        PendingEntry.objects.bulk_update(batch, ["leaf_index"])


def _catch_up(log: TileLog) -> None:
    """Tell the database what the log holds already; Damaged when the log is the one that forgot."""
    with transaction.atomic(durable=True):
        newest: int | None = PendingEntry.objects.aggregate(newest=Max("leaf_index"))["newest"]
        known = 0 if newest is None else newest + 1
        if known > log.size:
            raise Damaged(
                f"the log has {log.size} entries, and this database saw {known} of them: its end is gone"
            )
        for index, raw in enumerate(log.entries(known, log.size), start=known):
            _adopt(index, raw)


def _adopt(index: int, raw: bytes) -> None:
    """Give an entry its index; one that an old backup has lost comes back from the log."""
    statement = parse_entry(raw).statement
    entry, lost = PendingEntry.objects.get_or_create(
        nonce=statement.nonce.hex(), defaults={"actor": statement.actor, "entry": raw, "leaf_index": index}
    )
    if lost:
        ActorHead.objects.update_or_create(actor=statement.actor, defaults={"entry_hash": leaf_hash(raw)})
    elif bytes(entry.entry) != raw:
        raise Damaged(f"entry {index} of the log is not the one that was recorded in this database")
    else:
        entry.leaf_index = index
        entry.save(update_fields=["leaf_index"])
