# SPDX-License-Identifier: AGPL-3.0-or-later
"""The payload: 64 KiB chunks, each encrypted and authenticated in its place, the last one marked as last.

A chunk is released once it verifies, so a reader may see the true beginning of a file that was cut. Nobody
acts on what was read before the end has been.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO

from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import TAG_SIZE, Buffer, ChunkCipher, FileKey, hkdf, random_bytes

CHUNK_SIZE = 64 * 1024
_SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE
SALT_SIZE = 16
"""The random bytes before the first chunk (age calls them the payload's nonce)."""


def _nonce(counter: int, *, last: bool) -> bytes:
    """An 11-byte counter and a byte that is 1 for the final chunk: no two chunks of a file share a nonce."""
    return (counter << 8 | last).to_bytes(12)


def _cipher(file_key: FileKey, salt: bytes) -> ChunkCipher:
    return ChunkCipher(hkdf(file_key, salt=salt, info=b"payload"))


def _chunks(size: int, chunk_size: int) -> int:
    """How many chunks ``size`` bytes make; an empty payload is one empty chunk."""
    return max(1, -(-size // chunk_size))


def seal_payload(file_key: FileKey, header: bytes, plaintext: Buffer) -> bytes:
    """``header`` followed by the whole encrypted payload, written once into its final place."""
    salt = random_bytes(SALT_SIZE)
    cipher = _cipher(file_key, salt)
    source = memoryview(plaintext)
    count = _chunks(len(source), CHUNK_SIZE)
    # The buffer of a BytesIO can be written in place and then handed out as bytes without a copy. A copy of
    # 10 MB would cost about as much as encrypting it.
    result = BytesIO(bytes(len(header) + SALT_SIZE + len(source) + count * TAG_SIZE))
    with result.getbuffer() as out:
        at = len(header) + SALT_SIZE
        out[:at] = header + salt
        for counter in range(count):
            chunk = source[counter * CHUNK_SIZE : (counter + 1) * CHUNK_SIZE]
            end = at + len(chunk) + TAG_SIZE
            cipher.seal_into(_nonce(counter, last=counter == count - 1), chunk, out[at:end])
            at = end
    return result.getvalue()


def open_payload(file_key: FileKey, body: Buffer) -> bytes:
    """The plaintext of a whole payload, or Tampered and nothing."""
    source = memoryview(body)[SALT_SIZE:]
    cipher = _cipher(file_key, _salt(body))
    count = _chunks(len(source), _SEALED_CHUNK_SIZE)
    last_size = len(source) - (count - 1) * _SEALED_CHUNK_SIZE - TAG_SIZE
    _check_last(count - 1, last_size)
    result = BytesIO(bytes((count - 1) * CHUNK_SIZE + last_size))
    with result.getbuffer() as out:
        for counter in range(count):
            chunk = source[counter * _SEALED_CHUNK_SIZE : (counter + 1) * _SEALED_CHUNK_SIZE]
            at = counter * CHUNK_SIZE
            nonce = _nonce(counter, last=counter == count - 1)
            cipher.open_into(nonce, chunk, out[at : at + len(chunk) - TAG_SIZE])
    return result.getvalue()


def _salt(body: Buffer) -> bytes:
    if len(body) < SALT_SIZE:
        raise Malformed("a sealed file ends before its payload")
    return bytes(body[:SALT_SIZE])


def _check_last(before: int, size: int) -> None:
    """Refuse a final chunk that is cut, or that is empty after others: age gives each text one encryption."""
    if size < 0 or (size == 0 and before > 0):
        raise Tampered("a sealed file does not end with a whole chunk")


class PayloadSealer:
    """Encrypts a payload that arrives in pieces of any size, holding at most one chunk of it."""

    __slots__ = ("_cipher", "_counter", "_held", "salt")

    def __init__(self, file_key: FileKey) -> None:
        self.salt = random_bytes(SALT_SIZE)
        self._cipher = _cipher(file_key, self.salt)
        self._counter = 0
        self._held = bytearray()

    def update(self, plaintext: Buffer) -> bytes:
        """Take a piece; the chunks that are now complete. One is always held back: it may be the last."""
        self._held += plaintext
        count = (len(self._held) - 1) // CHUNK_SIZE if self._held else 0
        if not count:
            return b""
        with memoryview(self._held) as held:
            sealed = [self._seal(held[at * CHUNK_SIZE : (at + 1) * CHUNK_SIZE]) for at in range(count)]
        del self._held[: count * CHUNK_SIZE]
        return b"".join(sealed)

    def finish(self) -> bytes:
        """The final chunk."""
        return self._seal(self._held, last=True)

    def _seal(self, chunk: Buffer, *, last: bool = False) -> bytes:
        sealed = self._cipher.seal(_nonce(self._counter, last=last), chunk)
        self._counter += 1
        return sealed


def open_pieces(file_key: FileKey, pieces: Iterable[Buffer]) -> Iterator[bytes]:
    """Decrypt a payload that arrives in pieces of any size, holding at most one chunk of it.

    Each chunk is given out as soon as it verifies; Tampered at the first that does not, or without a last.
    """
    blocks = _blocks(pieces)
    cipher = _cipher(file_key, _salt(next(blocks, b"")))
    ended = False
    for counter, block in enumerate(blocks):
        if ended:
            raise Tampered("something follows the end of a sealed file")
        plaintext, ended = _open_block(cipher, counter, block)
        yield plaintext
    if not ended:
        raise Tampered("a sealed file is cut short")


def _blocks(pieces: Iterable[Buffer]) -> Iterator[Buffer]:
    """The same bytes cut anew: first the salt, then whole sealed chunks, then what is left."""
    held = bytearray()
    size = SALT_SIZE
    for piece in pieces:
        held += piece
        while len(held) >= size:
            yield held[:size]
            del held[:size]
            size = _SEALED_CHUNK_SIZE
    if held:
        yield held


def _open_block(cipher: ChunkCipher, counter: int, block: Buffer) -> tuple[bytes, bool]:
    """The plaintext of a chunk, and whether it says that it is the last."""
    if len(block) == _SEALED_CHUNK_SIZE:
        # A whole chunk is seldom the last one, and only its tag can tell.
        with suppress(Tampered):
            return cipher.open(_nonce(counter, last=False), block), False
    _check_last(counter, len(block) - TAG_SIZE)
    return cipher.open(_nonce(counter, last=True), block), True
