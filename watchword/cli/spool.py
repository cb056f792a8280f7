# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a long request waits until it has arrived whole: on the disk, under a key that is nowhere but here.

The server reads a request before it asks the program, so that a slow line holds no thread. A file of half a
gigabyte does not fit into memory meanwhile, and must not lie on a disk in clear. So what is longer than a
form is encrypted as it arrives, into a file without a name, under a key that dies with this process.
"""

import io
import os
import shutil
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge

from watchword.core.sealing.primitives import KEY_SIZE, NONCE_SIZE, TAG_SIZE, ChunkCipher, random_bytes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# The longest form, the longest piece of a sealed upload and the longest request of the courier are shorter.
SMALL = 2 * 2**20
BLOCK = 256 * 1024
# Part of the free room of the disk that requests on their way may take.
SHARE = 4


class Room:
    """How many bytes of requests may be on their way at once, in the folder where they wait."""

    def __init__(self, folder: Path, free: Callable[[Path], int]) -> None:
        self.folder, self._free = folder, free
        self._taken = 0
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Reserve so much, or say that it does not fit now."""
        with self._lock:
            if self._taken + size > self._free(self.folder) // SHARE:
                return False
            self._taken += size
            return True

    def give_back(self, size: int) -> None:
        with self._lock:
            self._taken -= size


class Spool:
    """The body of one request as waitress wants it: while short in memory, then encrypted on the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cipher = ChunkCipher(random_bytes(KEY_SIZE))
        self._held = bytearray()
        self._file: IO[bytes] | None = None
        self._blocks = 0

    def __len__(self) -> int:
        return self._blocks * BLOCK + len(self._held)

    def append(self, data: bytes) -> None:
        self._held += data
        while len(self._held) >= (BLOCK if self._file else SMALL):
            self._write(bytes(self._held[:BLOCK]))
            del self._held[:BLOCK]

    def getfile(self) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self), BLOCK)

    def block(self, number: int) -> bytes:
        """The block of this number; empty after the last."""
        if number < self._blocks and self._file:
            self._file.seek(number * (BLOCK + TAG_SIZE))
            return self._cipher.open(_nonce(number), self._file.read(BLOCK + TAG_SIZE))
        at = (number - self._blocks) * BLOCK
        return bytes(self._held[at : at + BLOCK])

    def close(self) -> None:
        if self._file:
            self._file.close()

    def _write(self, block: bytes) -> None:
        if self._file is None:
            self._file = _nameless(self._folder)
        self._file.seek(0, os.SEEK_END)
        self._file.write(self._cipher.seal(_nonce(self._blocks), block))
        self._blocks += 1


class _Reader(io.RawIOBase):
    """Reads a spool from its beginning, once."""

    def __init__(self, spool: Spool) -> None:
        self._spool, self._number, self._rest = spool, 0, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        out = memoryview(buffer)
        if not self._rest:
            self._rest = memoryview(self._spool.block(self._number))
            self._number += 1
        count = min(len(out), len(self._rest))
        out[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def free_bytes(folder: Path) -> int:
    """What the disk of this folder has room for."""
    return shutil.disk_usage(folder).free


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_SIZE)


def _nameless(folder: Path) -> IO[bytes]:
    """A file that is gone when it is closed, or when this process ends, however it ends."""
    path = folder / f"arriving-{random_bytes(8).hex()}"
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b", buffering=0)
    path.unlink()
    return file


def channel(room: Room, large: str) -> type[HTTPChannel]:
    """How this server reads requests: long ones only to addresses under ``large``, and into a spool."""

    class Parser(HTTPRequestParser):
        """One request; ``path`` is set by waitress."""

        path: str
        reserved = 0

        def __init__(self, adj: Adjustments) -> None:
            super().__init__(adj)
            self._spool = Spool(room.folder)
            self._free = weakref.finalize(self, self._spool.close)

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.body_rcv is not None:
                self.body_rcv.buf = self._spool  # type: ignore[assignment]  # what waitress asks of a buffer

        def received(self, data: bytes) -> int:
            consumed = super().received(data)
            if self.headers_finished and not self.error and not self._may_come():
                self.error = RequestEntityTooLarge("too large")
                self.completed = True
            return consumed

        def _may_come(self) -> bool:
            size = max(self.content_length, self.body_bytes_received)
            if size <= SMALL or self.reserved:
                return True
            if self.chunked or not self.path.startswith(large) or not room.take(size):
                return False
            self.reserved = size
            weakref.finalize(self, room.give_back, size)
            return True

    class Channel(HTTPChannel):
        """One connection."""

        parser_class = Parser

    return Channel
