# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log on disk: a C2SP tile log that any such client reads, appended to in durable batches.

How an append survives a crash at any instant:

1. the batch, with the signed checkpoint it leads to, is added to the write-ahead file and synced;
   from here on it is promised;
2. bundles and tiles are put in place, then the checkpoint: each by rename, so readers see whole files;
3. now and then everything published is synced, and only then the write-ahead file is emptied.

Whoever opens the log replays the write-ahead file. Replaying yields the very same bytes, so it can only
put back what a crash took; a published file that says something else is left alone and reported.
"""

import fcntl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.cosignature import sign_checkpoint
from watchword.core.ledger.errors import Damaged, LedgerError, Malformed
from watchword.core.ledger.growth import Growth, Resource
from watchword.core.ledger.tiles import CHECKPOINT, TILE_WIDTH, read_entries
from watchword.core.ledger.tree import EMPTY_HEAD, TreeHead
from watchword.journal.batches import Batch, pack, unpack
from watchword.journal.disk import Disk
from watchword.journal.keyfile import LogKey

STATE = ".state"
LOCK = f"{STATE}/lock"
BATCHES = f"{STATE}/batches"
SPARE = f"{STATE}/spare"
MOST_UNSETTLED = 256
_PAGE = 4096


class TileLog:
    """One log directory and its single writer at a time; every other process may read it meanwhile."""

    def __init__(self, disk: Disk, key: LogKey) -> None:
        self._disk = disk
        self._key = key
        self._growth = Growth()
        self._unsettled: list[str] = []
        self._batches = 0
        self._stamp: object = None
        self._thread_lock = threading.RLock()
        self._depth = 0

    @classmethod
    def create(cls, disk: Disk, key: LogKey, *, timestamp: int = 0) -> "TileLog":
        """A new empty log with its signed checkpoint of size 0; Damaged when there is one already."""
        disk.make_directory(STATE)
        log = cls(disk, key)
        with log._locked():
            if disk.read(CHECKPOINT) is not None:
                raise Damaged("there is a log in this directory already")
            disk.append_durably(BATCHES, b"")
            note = sign_checkpoint(Checkpoint(key.origin, EMPTY_HEAD), key.signers, timestamp)
            disk.replace(CHECKPOINT, str(note).encode(), spare=SPARE)
            disk.sync([CHECKPOINT, BATCHES])
        return cls.open(disk, key)

    @classmethod
    def open(cls, disk: Disk, key: LogKey) -> "TileLog":
        """An existing log, after repairing what a crash left undone; Damaged when it cannot be explained."""
        if disk.read(BATCHES) is None:
            raise Damaged("there is no log in this directory, or its .state folder is missing")
        log = cls(disk, key)
        with log.exclusive():
            return log

    @property
    def size(self) -> int:
        """How many entries the log has, as of the last exclusive() in this process."""
        return self._growth.edge.size

    @property
    def head(self) -> TreeHead:
        """The size and root, as of the last exclusive() in this process."""
        return self._growth.head

    def entries(self, start: int, end: int) -> Iterator[bytes]:
        """The entries ``[start, end)``."""
        return read_entries(self._disk.read, start, end)

    @contextmanager
    def exclusive(self) -> Iterator["TileLog"]:
        """Be the only writer, of all processes, with the state of the directory as it is now."""
        with self._locked():
            if self._stamp is None or self._stamp != self._directory_stamp():
                self._recover()
            yield self

    def append(self, batch: Sequence[bytes], *, timestamp: int = 0) -> range:
        """Add 1 to 256 entries; on return they are on the disk and published, at these indices."""
        if not 1 <= len(batch) <= TILE_WIDTH:
            raise Malformed(f"a batch has 1 to {TILE_WIDTH} entries")
        with self.exclusive():
            self._stamp = None  # until all is done, so that an error in between leads through recovery
            start = self.size
            resources = self._growth.append(batch)
            note = sign_checkpoint(Checkpoint(self._key.origin, self.head), self._key.signers, timestamp)
            signed = str(note).encode()
            self._disk.append_durably(BATCHES, pack(Batch(start, signed, tuple(batch))))
            for resource in resources:
                self._disk.replace(resource.path, resource.data, spare=SPARE)
            self._disk.replace(CHECKPOINT, signed, spare=SPARE)
            self._unsettled += [resource.path for resource in resources]
            self._batches += 1
            if self._batches >= MOST_UNSETTLED:
                self._settle()
            self._stamp = self._directory_stamp()
            return range(start, self.size)

    def settle(self) -> None:
        """Sync everything published and empty the write-ahead file; the next open has nothing to replay."""
        with self.exclusive():
            if self._batches:
                self._settle()
                self._stamp = self._directory_stamp()

    def _settle(self) -> None:
        outdated = [path for path in self._unsettled if self._is_outdated(path)]
        self._disk.sync([*(path for path in self._unsettled if path not in set(outdated)), CHECKPOINT])
        for path in outdated:
            self._disk.remove(path)
        self._disk.cut(BATCHES, 0)
        self._unsettled, self._batches = [], 0

    def _is_outdated(self, path: str) -> bool:
        """Whether this is a partial tile or bundle whose full one is there: the specification lets it go."""
        full, partial, _ = path.partition(".p/")
        return bool(partial) and (self._disk.root / full).is_file()

    def _recover(self) -> None:
        """Read the directory, replay the write-ahead file, and leave both in agreement."""
        raw = self._disk.read(BATCHES) or b""
        batches, whole = unpack(raw)
        if whole < len(raw):
            self._disk.cut(BATCHES, whole)
        published = self._published()
        if published is None and not batches:
            raise Damaged("the checkpoint is missing, and there is nothing to make it from")
        start = batches[0].start if batches or published is None else published.size
        self._growth = Growth.load(self._disk.read, start)
        self._unsettled = []
        heads = [self._growth.head, *(self._replay(batch) for batch in batches)]
        if published is not None and published not in heads:
            raise Damaged(
                "the published checkpoint is not one that the tiles and the write-ahead file lead to"
            )
        if batches:
            if published != heads[-1]:
                self._disk.replace(CHECKPOINT, batches[-1].note, spare=SPARE)
            self._settle()
        self._batches = 0
        self._stamp = self._directory_stamp()

    def _published(self) -> TreeHead | None:
        """The tree of the checkpoint file; None when a crash left none or a torn one; Damaged if not ours."""
        raw = self._disk.read(CHECKPOINT)
        if not raw or not raw.strip(b"\0"):
            return None
        try:
            return self._key.verified(SignedCheckpoint.parse(raw)).head
        except LedgerError as error:
            raise Damaged(f"the checkpoint in this directory is not one of this log: {error}") from None

    def _replay(self, batch: Batch) -> TreeHead:
        """Put back what a batch published, and say to which tree it leads."""
        if batch.start != self.size:
            raise Damaged("the batches of the write-ahead file do not follow one another")
        resources = self._growth.append(batch.entries)
        promised = self._key.verified(SignedCheckpoint.parse(batch.note)).head
        if promised != self.head:
            raise Damaged(f"the tiles do not lead to the checkpoint that was signed for size {batch.end}")
        for resource in resources:
            self._put_back(resource)
        return promised

    def _put_back(self, resource: Resource) -> None:
        found = self._disk.read(resource.path)
        if found != resource.data:
            if found is not None and not is_torn(found, resource.data):
                raise Damaged(f"{resource.path} was changed after it was published")
            self._disk.replace(resource.path, resource.data, spare=SPARE)
        self._unsettled.append(resource.path)

    def _directory_stamp(self) -> tuple[object, object]:
        return self._disk.stamp(CHECKPOINT), self._disk.stamp(BATCHES)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer: a lock among the threads of this process, and a lock on a file among processes."""
        with self._thread_lock:
            if self._depth:
                yield
                return
            with open(self._disk.root / LOCK, "ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                self._depth = 1
                try:
                    yield
                finally:
                    self._depth = 0


def is_torn(found: bytes, whole: bytes) -> bool:
    """Whether ``found`` is what a power cut can leave of ``whole``: shorter, or with pages of zeroes."""
    if len(found) > len(whole):
        return False
    pages = range(0, len(found), _PAGE)
    return all(
        found[at : at + _PAGE] == whole[at : min(at + _PAGE, len(found))]
        or not found[at : at + _PAGE].strip(b"\0")
        for at in pages
    )
