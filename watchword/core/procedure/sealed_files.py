# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file as it is sealed: one line that names it, and then its bytes. And what kinds of files are taken.

The name is inside the seal, so that no Gate and no list at the Desk knows it. The kind is never taken from
the name or from what the sender says: whoever opens the file judges it by how it begins.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

LONGEST_NAME = 200
LONGEST_BEGINNING = 16
_LONGEST_HEAD = 2048
_UNSAFE = re.compile(r"[^\w.()+ -]")
_EXTENSION = re.compile(r"\.\w{1,5}$")
NAMELESS = "file"


@dataclass(frozen=True)
class FileKind:
    """One kind of file, told by how it begins; ``at`` is where ``mark`` stands, ``extension`` names it."""

    extension: str
    mark: bytes
    at: int = 0


# Papers, photographs, scans, a recorded voice, a film; nothing that runs or fetches by itself.
KINDS = (
    FileKind("pdf", b"%PDF-"),
    FileKind("jpg", b"\xff\xd8\xff"),
    FileKind("png", b"\x89PNG\r\n\x1a\n"),
    FileKind("webp", b"WEBP", at=8),
    FileKind("wav", b"WAVE", at=8),
    FileKind("ogg", b"OggS"),
    FileKind("mp3", b"ID3"),
    FileKind("mp4", b"ftyp", at=4),
    FileKind("webm", b"\x1a\x45\xdf\xa3"),
)
EXTENSIONS = tuple(kind.extension for kind in KINDS)
EXTENSIONS_IN_WORDS = ", ".join(EXTENSIONS).upper()


def kind_of(beginning: bytes) -> FileKind | None:
    """The kind of a file that begins with these 16 bytes (a shorter one whole); None when it is not taken."""
    return next((kind for kind in KINDS if beginning.startswith(kind.mark, kind.at)), None)


def encode_head(name: str) -> bytes:
    """The line before the bytes of a file. Of the name only what can be printed is kept."""
    kept = "".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME] or NAMELESS
    return json.dumps({"name": kept}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def split_head(pieces: Iterable[bytes]) -> tuple[str, Iterator[bytes]]:
    """The name in the first line, and the bytes after it.

    Whoever sealed it may have written anything: without such a line the name is empty, and no byte is lost.
    """
    source = iter(pieces)
    held = b""
    for piece in source:
        held += piece
        if b"\n" in held or len(held) > _LONGEST_HEAD:
            break
    line, end, rest = held.partition(b"\n")
    name = _name(line) if end and len(line) <= _LONGEST_HEAD else None
    return name or "", chain([held if name is None else rest], source)


def safe_name(name: str, extension: str) -> str:
    """A name that does no harm on any disk, with the extension of what the file is."""
    stem = _EXTENSION.sub("", _UNSAFE.sub("_", name).strip(". "))
    return f"{stem[:80].strip('. ') or NAMELESS}.{extension}"


def _name(line: bytes) -> str | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    name = found.get("name") if isinstance(found, dict) else None
    return name[:LONGEST_NAME] if isinstance(name, str) else None
