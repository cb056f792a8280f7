# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text of an age v1 header, to and from values: one canonical form, and no cryptography.

A header that parses has exactly one spelling, so ``parse_header(h).encode() == h`` for every accepted ``h``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchword.core.sealing import base64
from watchword.core.sealing.errors import Malformed

VERSION_LINE = b"age-encryption.org/v1\n"
MAC_MARK = b"---"
HEADER_LIMIT = 1 << 20
"""Bytes searched for the end of a header: some 650 post-quantum recipients. Without a limit a reader fed by a
stranger would buffer without end."""

_COLUMNS = 64
_MAC_SIZE = 32
_MAC_LINE_LENGTH = len("--- ") + 43 + len("\n")
_CUT_SHORT = "the header of an age file is cut short"
_ARGUMENTS = re.compile(r"[!-~]+(?: [!-~]+)*")


@dataclass(frozen=True, slots=True)
class Stanza:
    """A file key wrapped for one recipient: printable arguments, the first naming the kind, and a body."""

    arguments: tuple[str, ...]
    body: bytes

    def encode(self) -> str:
        """The stanza's lines; a body that fills its last line is followed by an empty one."""
        text = base64.encode(self.body)
        lines = [text[at : at + _COLUMNS] for at in range(0, len(text) + 1, _COLUMNS)]
        return "\n".join([f"-> {' '.join(self.arguments)}", *lines, ""])


@dataclass(frozen=True, slots=True)
class Header:
    """Everything before the payload: the stanzas, and a 32-byte MAC that only the file key can make."""

    stanzas: tuple[Stanza, ...]
    mac: bytes

    def encode(self) -> bytes:
        """The header's bytes, from the version line to the line feed after the MAC."""
        return authenticated_text(self.stanzas) + f" {base64.encode(self.mac)}\n".encode("ascii")


def authenticated_text(stanzas: tuple[Stanza, ...]) -> bytes:
    """The bytes that the MAC covers: the header up to and including the ``---`` mark."""
    return VERSION_LINE + "".join(stanza.encode() for stanza in stanzas).encode("ascii") + MAC_MARK


def find_header_end(sealed: bytes | bytearray, start: int = 0) -> int | None:
    """The length of the header at the start of ``sealed``, or None while more bytes are needed to tell.

    A line beginning with ``---`` can only be the last of a header; it is looked for from ``start``. Malformed
    as soon as no header can follow.
    """
    if not sealed.startswith(VERSION_LINE[: len(sealed)]):
        raise Malformed("this is not an age v1 file")
    mark = sealed.find(b"\n" + MAC_MARK, start, HEADER_LIMIT)
    end = sealed.find(b"\n", mark + 1, HEADER_LIMIT) + 1 if mark >= 0 else 0
    if not end and len(sealed) >= HEADER_LIMIT:
        raise Malformed("the header of an age file does not end")
    return end or None


def header_length(sealed: bytes) -> int:
    """The length of the header of a whole sealed file."""
    end = find_header_end(sealed)
    if end is None:
        raise Malformed(_CUT_SHORT)
    return end


def split(sealed: bytes) -> tuple[bytes, bytes]:
    """The header and the body of a sealed file, to be kept apart; joined again they are the file."""
    end = header_length(sealed)
    return sealed[:end], sealed[end:]


def read_header(pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    """Take pieces of a sealed file until its header is complete: the header, and what was taken beyond it."""
    held = bytearray()
    start = 0
    for piece in pieces:
        held += piece
        end = find_header_end(held, start)
        if end is not None:
            return bytes(held[:end]), bytes(held[end:])
        # What was searched is not searched again, except for a last line that may have been cut: a stranger's
        # long header in small pieces would otherwise cost the square of its length.
        start = max(0, len(held) - _COLUMNS)
    raise Malformed(_CUT_SHORT)


def parse_header(data: bytes) -> Header:
    """Read a whole header strictly; Malformed for anything that another program could read differently."""
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise Malformed("a header holds a byte that is not ASCII") from None
    if not data.startswith(VERSION_LINE):
        raise Malformed("this is not an age v1 file")
    mac_line = text[-_MAC_LINE_LENGTH:]
    if not mac_line.startswith("--- ") or not mac_line.endswith("\n") or text[-_MAC_LINE_LENGTH - 1] != "\n":
        raise Malformed("the last line of a header is not a MAC")
    mac = base64.decode(mac_line[4:-1])
    lines = text[len(VERSION_LINE) : -_MAC_LINE_LENGTH].split("\n")[:-1]
    stanzas = []
    while lines:
        stanzas.append(_take_stanza(lines))
    if not stanzas:
        raise Malformed("a header has no recipient")
    return Header(tuple(stanzas), mac)


def _take_stanza(lines: list[str]) -> Stanza:
    """Remove one stanza from the front of ``lines``."""
    mark, arguments = lines[0][:3], lines[0][3:]
    if mark != "-> " or not _ARGUMENTS.fullmatch(arguments):
        raise Malformed("a recipient stanza does not start with an arrow and printable arguments")
    for last, line in enumerate(lines[1:], start=1):
        if len(line) > _COLUMNS:
            raise Malformed("a line of a recipient stanza is longer than 64 characters")
        if len(line) < _COLUMNS:
            body = base64.decode("".join(lines[1 : last + 1]))
            del lines[: last + 1]
            return Stanza(tuple(arguments.split(" ")), body)
    raise Malformed("a recipient stanza does not end with a short line")
