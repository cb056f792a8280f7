# SPDX-License-Identifier: AGPL-3.0-or-later
"""A key and the sketches that were made with it, in the bytes that are sealed between two runs.

32 bytes key; then for each text 16 bytes name, 16 bytes mark of the whole, 1 byte whether it is short, and
400 bytes slots, ordered by name. It is never stored otherwise than sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchword.core.linkage.sketch import KEY_SIZE, SLOTS_SIZE, WHOLE_SIZE, Sketch, check_stored
from watchword.core.refusals import WrongState, sentence

NAME_SIZE = 16
_ROW = NAME_SIZE + WHOLE_SIZE + 1 + SLOTS_SIZE


@dataclass(frozen=True)
class Sheet:
    """``key`` makes the sketches; their names are those of cases, 32 hexadecimal digits."""

    key: bytes
    sketches: Mapping[str, Sketch] = field(default_factory=dict)


def encode_sheet(sheet: Sheet) -> bytes:
    """The bytes of a sheet."""
    if len(sheet.key) != KEY_SIZE:
        raise WrongState(sentence("The key of a sheet of sketches has the wrong length."))
    return sheet.key + b"".join(_row(name, sheet.sketches[name]) for name in sorted(sheet.sketches))


def decode_sheet(data: bytes) -> Sheet:
    """Read what ``encode_sheet`` wrote. WrongState for anything else."""
    key, rows = data[:KEY_SIZE], data[KEY_SIZE:]
    if len(key) != KEY_SIZE or len(rows) % _ROW:
        raise WrongState(sentence("These are not sketches of texts."))
    return Sheet(key, dict(_read(rows[start : start + _ROW]) for start in range(0, len(rows), _ROW)))


def _row(name: str, sketch: Sketch) -> bytes:
    check_stored(sketch.slots, sketch.whole)
    return bytes.fromhex(name) + sketch.whole + bytes([sketch.short]) + sketch.slots


def _read(row: bytes) -> tuple[str, Sketch]:
    name, rest = row[:NAME_SIZE].hex(), row[NAME_SIZE:]
    whole, short, slots = rest[:WHOLE_SIZE], rest[WHOLE_SIZE], rest[WHOLE_SIZE + 1 :]
    if short > 1:
        raise WrongState(sentence("These are not sketches of texts."))
    return name, Sketch(slots, whole, bool(short))
