# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody does to a ledger who has its whole directory, and worse: somebody who has its key besides."""

import shutil
from collections.abc import Callable
from pathlib import Path

from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.cosignature import sign_checkpoint
from watchword.core.ledger.growth import Growth
from watchword.core.ledger.tiles import CHECKPOINT, pack_bundle, read_entries, unpack_bundle
from watchword.journal.disk import Disk
from watchword.journal.keyfile import read_key_file

Entries = list[bytes]
Change = Callable[[Entries], Entries]
PLACE = 100


def edit(entries: Entries) -> Entries:
    """One act becomes another, of which the form is just as good."""
    at = next(place for place in range(PLACE, len(entries)) if b'"act":"compartment.open"' in entries[place])
    return [*entries[:at], entries[at].replace(b"compartment.open", b"compartment.read"), *entries[at + 1 :]]


def redate(entries: Entries) -> Entries:
    """One act happens a minute later than it did."""
    before, after = entries[PLACE].split(b'"t":', 1)
    minute, rest = after.split(b",", 1)
    changed = before + b'"t":' + str(int(minute) + 1).encode() + b"," + rest
    return [*entries[:PLACE], changed, *entries[PLACE + 1 :]]


def delete(entries: Entries) -> Entries:
    return entries[:PLACE] + entries[PLACE + 1 :]


def insert(entries: Entries) -> Entries:
    """An old entry stands in the log once more."""
    return [*entries[:PLACE], entries[PLACE - 1], *entries[PLACE:]]


def reorder(entries: Entries) -> Entries:
    """Two neighbours change places."""
    at = next(place for place in range(PLACE, len(entries)) if entries[place] != entries[place + 1])
    return [*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]]


def truncate(entries: Entries) -> Entries:
    return entries[:-10]


def in_the_files(log: Path, change: Change) -> None:
    """Change the first full bundle of entries, and nothing else."""
    bundle = log / "tile/entries/000"
    changed = change(unpack_bundle(bundle.read_bytes()))
    bundle.write_bytes(pack_bundle(changed[:256]))


def with_the_key(log: Path, key: Path, change: Change) -> None:
    """Write the whole log anew with every hash in order, and sign it with the log's own key."""
    disk = Disk(log)
    signed = SignedCheckpoint.parse((log / CHECKPOINT).read_bytes())
    entries = change(list(read_entries(disk.read, 0, signed.head.size)))
    shutil.rmtree(log)
    growth = Growth()
    for resource in growth.append(entries):
        (log / resource.path).parent.mkdir(parents=True, exist_ok=True)
        (log / resource.path).write_bytes(resource.data)
    note = sign_checkpoint(Checkpoint(signed.checkpoint.origin, growth.head), read_key_file(key).signers, 0)
    (log / CHECKPOINT).write_bytes(str(note).encode())
