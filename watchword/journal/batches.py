# SPDX-License-Identifier: AGPL-3.0-or-later
"""The write-ahead file: batches that are promised but may not have reached the tiles on the disk.

One record is: 8 bytes magic, 4 bytes length, SHA-256 of the body, body. The body is the index of the
first entry (8 bytes), the length of the signed checkpoint (4 bytes), the checkpoint, and the entries as
a bundle. A record that is cut off at the end of the file was never acknowledged to anyone.
"""

import hashlib
from dataclasses import dataclass

from watchword.core.ledger.errors import Damaged, Malformed
from watchword.core.ledger.tiles import pack_bundle, unpack_bundle

_MAGIC = b"WWbatch1"
_HEAD = len(_MAGIC) + 4 + 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries from index ``start``, and the signed checkpoint of the tree that ends with them."""

    start: int
    note: bytes
    entries: tuple[bytes, ...]

    @property
    def end(self) -> int:
        """The size of the tree after this batch."""
        return self.start + len(self.entries)


def pack(batch: Batch) -> bytes:
    """One record of the write-ahead file."""
    body = (
        batch.start.to_bytes(8, "big")
        + len(batch.note).to_bytes(4, "big")
        + batch.note
        + pack_bundle(batch.entries)
    )
    return _MAGIC + len(body).to_bytes(4, "big") + hashlib.sha256(body).digest() + body


def unpack(raw: bytes) -> tuple[list[Batch], int]:
    """The whole batches of a write-ahead file, and how many bytes they take; what follows is a torn record.

    Damaged when a record is wrong that is not the last: a crash only ever tears the end.
    """
    batches: list[Batch] = []
    position = 0
    while position < len(raw):
        end = position + _HEAD + int.from_bytes(raw[position + 8 : position + 12], "big")
        batch = _whole(raw[position:end]) if end <= len(raw) and position + _HEAD <= len(raw) else None
        if batch is None:
            if raw.find(_MAGIC, position + 1) >= 0 and _later_record(raw, position + 1):
                raise Damaged("a batch inside the write-ahead file is broken, and not by a crash")
            break
        batches.append(batch)
        position = end
    return batches, position


def _later_record(raw: bytes, position: int) -> bool:
    """Whether a whole record follows a broken one, which no crash leaves behind."""
    while (position := raw.find(_MAGIC, position)) >= 0:
        end = position + _HEAD + int.from_bytes(raw[position + 8 : position + 12], "big")
        if _whole(raw[position:end]) is not None:
            return True
        position += 1
    return False


def _whole(record: bytes) -> Batch | None:
    body = record[_HEAD:]
    if record[:8] != _MAGIC or hashlib.sha256(body).digest() != record[12:_HEAD]:
        return None
    length = int.from_bytes(body[8:12], "big")
    try:
        entries = tuple(unpack_bundle(body[12 + length :]))
    except Malformed:
        return None
    return Batch(int.from_bytes(body[:8], "big"), body[12 : 12 + length], entries)
