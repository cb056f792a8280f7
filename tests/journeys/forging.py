# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody does to a ledger who has its whole directory, and worse: somebody who has its key besides."""

import shutil
from collections.abc import Callable
from pathlib import Path

from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.cosignature import sign_checkpoint
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.tiles import (
    CHECKPOINT,
    TILE_WIDTH,
    bundle_path,
    pack_bundle,
    read_entries,
    unpack_bundle,
)
from watchword.journal.disk import Disk
from watchword.journal.keyfile import read_key_file

Entries = list[bytes]
Change = Callable[[Entries], Entries]


def place(entries: Entries) -> int:
    """Near the end: a report shows the first faults, and one early change shows in everything after it."""
    return max(len(entries) // 2, len(entries) - 12)


def edit(entries: Entries) -> Entries:
    """One act happens a minute later than it did."""
    at = place(entries)
    before, after = entries[at].split(b'"t":', 1)
    minute, rest = after.split(b",", 1)
    changed = b'%s"t":%d,%s' % (before, int(minute) + 1, rest)
    return [*entries[:at], changed, *entries[at + 1 :]]


def delete(entries: Entries) -> Entries:
    """One act is gone, and whoever did it went on, or nothing of theirs would point at the gap."""
    same = (at for at in range(place(entries), 0, -1) if actor(entries[at]) == actor(entries[at + 1]))
    at = next(same, place(entries))
    return entries[:at] + entries[at + 1 :]


def actor(entry: bytes) -> bytes:
    return entry.split(b'"actor":"', 1)[1].split(b'"', 1)[0]


def insert(entries: Entries) -> Entries:
    """An old entry stands in the log once more."""
    at = place(entries)
    return [*entries[:at], entries[at - 1], *entries[at:]]


def reorder(entries: Entries) -> Entries:
    """Two neighbours change places."""
    at = place(entries)
    return [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]


def truncate(entries: Entries) -> Entries:
    return entries[:-10]


def newest_bundle(checkpoint: Path) -> tuple[int, int]:
    """The number of the last bundle that this checkpoint counts, and how many entries it has there."""
    return divmod(SignedCheckpoint.parse(checkpoint.read_bytes()).head.size, TILE_WIDTH)


def in_the_files(log: Path, change: Change) -> None:
    """Change the newest bundle of entries, and nothing else."""
    bundle = log / bundle_path(*newest_bundle(log / CHECKPOINT))
    bundle.write_bytes(pack_bundle(change(unpack_bundle(bundle.read_bytes()))))


def with_the_key(log: Path, key: Path, change: Change) -> None:
    """Write the whole log anew with every hash in order, and sign it with the log's own key."""
    signed = SignedCheckpoint.parse((log / CHECKPOINT).read_bytes())
    entries = change(list(read_entries(Disk(log).read, 0, signed.head.size)))
    shutil.rmtree(log)
    growth = Growth()
    for resource in growth.append(entries):
        (log / resource.path).parent.mkdir(parents=True, exist_ok=True)
        (log / resource.path).write_bytes(resource.data)
    note = sign_checkpoint(Checkpoint(signed.checkpoint.origin, growth.head), read_key_file(key).signers, 0)
    (log / CHECKPOINT).write_bytes(str(note).encode())
