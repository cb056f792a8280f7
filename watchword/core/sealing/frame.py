# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inner frame: says inside the seal which record this is, because age itself binds a text to nothing.

Without it, anyone who can write to the store could put one case's sealed record in the place of another's.
The length stands at the end, so that an upload of unknown size is framed and sealed as it arrives.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.padding import padded_length
from watchword.core.sealing.primitives import sha256

MAGIC = b"WW1"
CASE_SIZE = 16
_COMPARTMENT = re.compile("[a-z](?:[a-z0-9-]{0,62}[a-z0-9])?")
_REVISION_SIZE = 4
_LENGTH_SIZE = 8
_FIXED = len(MAGIC) + CASE_SIZE + 1
_LONGEST_HEAD = _FIXED + 64 + _REVISION_SIZE
_STEP = 64 * 1024


def case_of(recipient: str) -> str:
    """The case of a mailbox, 32 hex digits: the beginning of a hash of the key its letters are sealed to.

    So whoever seals offline can bind a record to its case before any Gate has heard of it; nobody can take up
    the case of somebody else; and a mailbox put in the place of another shows. See docs/spec/parcel.md.
    """
    return sha256(b"watchword/case/v1\0" + recipient.encode("ascii"))[:CASE_SIZE].hex()


@dataclass(frozen=True, slots=True)
class Frame:
    """Which record this is: the 16-byte case, its compartment, and the revision counted from 0."""

    case: bytes
    compartment: str
    revision: int

    def __post_init__(self) -> None:
        if len(self.case) != CASE_SIZE:
            raise Malformed(f"the case in a frame is {CASE_SIZE} bytes long")
        if not _COMPARTMENT.fullmatch(self.compartment):
            raise Malformed("the compartment in a frame is up to 64 lower-case letters, digits and hyphens")
        if not 0 <= self.revision < 1 << 8 * _REVISION_SIZE:
            raise Malformed("the revision in a frame is a number of 32 bits")

    def encode(self) -> bytes:
        """The head of the frame: everything before the payload."""
        name = self.compartment.encode("ascii")
        return b"".join([MAGIC, self.case, bytes([len(name)]), name, self.revision.to_bytes(_REVISION_SIZE)])


class _Read(NamedTuple):
    frame: Frame
    rest: bytes


def pack(frame: Frame, payload: bytes) -> bytes:
    """``payload`` framed and padded, ready to be sealed."""
    return b"".join(pack_stream(frame, [payload]))


def pack_stream(frame: Frame, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Like ``pack`` in constant memory, for a payload in pieces of any sizes."""
    head = frame.encode()
    yield head
    length = 0
    for chunk in chunks:
        length += len(chunk)
        yield chunk
    written = len(head) + length + _LENGTH_SIZE
    yield from _zeros(padded_length(written) - written)
    yield length.to_bytes(_LENGTH_SIZE)


def unpack(data: bytes, expected: Frame) -> bytes:
    """The payload of a frame that is exactly the ``expected`` one.

    Tampered, naming the field, when it is another record's; Malformed when it is no frame in canonical form.
    """
    # In steps that fit a processor's cache: a large record is then copied once, not three times.
    return b"".join(unpack_stream((data[at : at + _STEP] for at in range(0, len(data), _STEP)), expected))


def unpack_stream(chunks: Iterable[bytes], expected: Frame) -> Iterator[bytes]:
    """Like ``unpack`` in constant memory; as with ``unseal_stream``, act only when it has ended."""
    source = iter(chunks)
    found = _read_head(source)
    _check_same(found.frame, expected)
    head_size = len(expected.encode())
    yield from _payload(chain([found.rest], source), head_size)


def _read_head(source: Iterator[bytes]) -> _Read:
    held = b""
    for chunk in source:
        held += chunk
        if len(held) >= _LONGEST_HEAD:
            break
    if not held.startswith(MAGIC):
        raise Malformed("a frame begins with WW1")
    name_end = _FIXED + held[_FIXED - 1] if len(held) >= _FIXED else len(held)
    end = name_end + _REVISION_SIZE
    if len(held) < end:
        raise Malformed("a frame is cut short")
    name = held[_FIXED:name_end].decode("ascii", errors="replace")
    case, revision = held[len(MAGIC) : _FIXED - 1], int.from_bytes(held[name_end:end])
    return _Read(Frame(case, name, revision), held[end:])


def _check_same(found: Frame, expected: Frame) -> None:
    if found.case != expected.case:
        raise Tampered("this sealed record belongs to another case")
    if found.compartment != expected.compartment:
        raise Tampered("this sealed record belongs to another compartment")
    if found.revision != expected.revision:
        raise Tampered("this sealed record is another revision")


def _payload(chunks: Iterable[bytes], head_size: int) -> Iterator[bytes]:
    """Give out the payload before its length is known.

    Zeros are counted and held back, because they may be the padding; the last eight bytes may be the length.
    """
    given, zeros, held = 0, 0, b""
    for chunk in chunks:
        held += chunk
        ready, held = held[:-_LENGTH_SIZE], held[-_LENGTH_SIZE:]
        solid = ready.rstrip(b"\0")
        if solid:
            yield from _zeros(zeros)
            yield solid
            given, zeros = given + zeros + len(solid), 0
        zeros += len(ready) - len(solid)
    length = int.from_bytes(held)
    if len(held) < _LENGTH_SIZE or padded_length(head_size + length + _LENGTH_SIZE) != (
        head_size + given + zeros + _LENGTH_SIZE
    ):
        raise Malformed("the length in a frame does not fit its size")
    if given > length:
        raise Malformed("the padding of a frame is not zero")
    yield from _zeros(length - given)


def _zeros(count: int) -> Iterator[bytes]:
    for at in range(0, count, _STEP):
        yield bytes(min(_STEP, count - at))
