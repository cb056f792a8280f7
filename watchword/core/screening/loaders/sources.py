# SPDX-License-Identifier: AGPL-3.0-or-later
"""A named stream of bytes, and its lines as text: strictly decoded, and none longer than memory allows."""

import codecs
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from watchword.core.refusals import sentence
from watchword.core.screening.loaders.complaints import Unreadable

if TYPE_CHECKING:  # the type of any buffer has its home in Python itself from 3.12 on
    from typing_extensions import Buffer

LONGEST_LINE = 8 * 2**20
GLANCE = 64 * 2**10
_ENCODINGS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be cp1250 cp1251 cp1252 cp866 koi8-r koi8-u iso-8859-1"
    " iso-8859-2 iso-8859-5 mac-cyrillic"
)
ENCODINGS = frozenset(_ENCODINGS.split())
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Source(NamedTuple):
    """One file to be read: its name, for complaints, and its bytes, from the beginning."""

    name: str
    stream: BinaryIO


def marked_encoding(beginning: bytes) -> str | None:
    """What the file's byte order mark says of its encoding."""
    return next((name for mark, name in _MARKS if beginning.startswith(mark)), None)


class Lines:
    """The lines of a source with their ends; ``number`` is that of the last, ``whole`` that it had an end.

    Raises ``Unreadable`` for bytes that are not text in ``encoding``, for zero bytes, and for endless lines.
    Without ``encoding`` the file's own mark decides, and UTF-8 where it has none: nothing is guessed, because
    a wrong guess would turn every name into another one.
    """

    def __init__(self, source: Source, encoding: str | None = None) -> None:
        self.source = source
        self.number = 0
        self.whole = True
        beginning = source.stream.read(GLANCE)
        self.encoding = _settled(source, encoding, beginning)
        rest = io.BufferedReader(_Rest(beginning, source.stream))
        self._text = io.TextIOWrapper(rest, encoding=self.encoding, errors="strict", newline="")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._text.readline(LONGEST_LINE)
        except UnicodeError:
            raise Unreadable(
                sentence(
                    "%(file)s is not written in %(encoding)s, as its line %(line)s shows. If you know how"
                    " it is written, say so in the list's description.",
                    file=self.source.name,
                    encoding=self.encoding,
                    line=self.number + 1,
                )
            ) from None
        if not line:
            raise StopIteration
        self.number += 1
        self._check(line)
        self.whole = line.endswith(("\n", "\r"))
        return line

    def _check(self, line: str) -> None:
        if len(line) >= LONGEST_LINE:
            raise Unreadable(
                sentence("Line %(line)s of %(file)s is endless.", line=self.number, file=self.source.name)
            )
        if "\0" in line:
            raise Unreadable(
                sentence(
                    "Line %(line)s of %(file)s has zero bytes: it is not text, or UTF-16 without its mark.",
                    line=self.number,
                    file=self.source.name,
                )
            )


def _settled(source: Source, encoding: str | None, beginning: bytes) -> str:
    mark = marked_encoding(beginning)
    if encoding is None:
        return mark or "utf-8"
    if encoding not in ENCODINGS:
        raise Unreadable(sentence("%(encoding)s is not an encoding that is read here.", encoding=encoding))
    if mark is not None:
        return mark
    if not encoding.startswith("utf") and _is_really_utf8(beginning):
        raise Unreadable(
            sentence(
                "%(file)s is said to be written in %(encoding)s, but it is UTF-8.",
                file=source.name,
                encoding=encoding,
            )
        )
    return encoding


def _is_really_utf8(beginning: bytes) -> bool:
    """Text beyond ASCII that happens to be valid UTF-8 is UTF-8: chance does not make such pairs for long."""
    try:
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(beginning)
    except UnicodeDecodeError:
        return False
    return sum(not letter.isascii() for letter in text) >= 4


class _Rest(io.RawIOBase):
    """The bytes already read, then the rest of the stream; closing it leaves the stream open."""

    def __init__(self, beginning: bytes, stream: BinaryIO) -> None:
        self._beginning, self._stream = beginning, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer", /) -> int:
        room = memoryview(buffer)
        if self._beginning:
            data, self._beginning = self._beginning[: len(room)], self._beginning[len(room) :]
        else:
            data = self._stream.read(len(room))
        room[: len(data)] = data
        return len(data)
