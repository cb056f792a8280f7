# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealing: all that a program needs which must never be able to open."""

from collections.abc import Iterable, Iterator, Sequence

from watchword.core.sealing.primitives import FILE_KEY_SIZE, Buffer, FileKey, random_bytes
from watchword.core.sealing.stream import PayloadSealer, seal_payload
from watchword.core.sealing.wrapping import Wraps, make_header

_STEP = 1 << 20


def seal(plaintext: Buffer, recipients: Sequence[Wraps]) -> bytes:
    """``plaintext`` as an age v1 file that each of ``recipients`` can open, and nobody else."""
    file_key = FileKey(random_bytes(FILE_KEY_SIZE))
    return seal_payload(file_key, make_header(file_key, recipients), plaintext)


class Sealer:
    """Seals what arrives in pieces, for upload handlers: ``update`` for each piece, then ``finish`` once.

    ``header`` is what the first output begins with, for callers who keep headers apart from bodies.
    """

    __slots__ = ("_payload", "_start", "header")

    def __init__(self, recipients: Sequence[Wraps]) -> None:
        file_key = FileKey(random_bytes(FILE_KEY_SIZE))
        self.header = make_header(file_key, recipients)
        self._payload = PayloadSealer(file_key)
        self._start = self.header + self._payload.salt

    def update(self, data: Buffer) -> bytes:
        """Take a piece of plaintext of any size; the sealed bytes that are ready, possibly none."""
        start, self._start = self._start, b""
        return start + self._payload.update(data)

    def finish(self) -> bytes:
        """The last sealed bytes. A file without them does not open."""
        start, self._start = self._start, b""
        return start + self._payload.finish()


def seal_stream(chunks: Iterable[Buffer], recipients: Sequence[Wraps]) -> Iterator[bytes]:
    """Seal ``chunks`` of any sizes, joined, in constant memory; the pieces joined are an age v1 file."""
    sealer = Sealer(recipients)
    for chunk in chunks:
        for at in range(0, len(chunk), _STEP):
            if sealed := sealer.update(memoryview(chunk)[at : at + _STEP]):
                yield sealed
    yield sealer.finish()
