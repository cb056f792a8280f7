# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the vectors of the key store: whole files, files that were cut, and headers stored under a key."""

import struct
from typing import Any

from tests.vectors.sealing.reference import bound

MAGIC, FILE, HEADER = b"watchword/keystore/v1\n", "watchword/keystore/v1/file", "watchword/keystore/v1/header"
ROOT, EPOCH = bytes(range(32)), 7
CASE, RECORD = "c0" * 16, "ab" * 16


def keystore() -> dict[str, Any]:
    return {"root": ROOT.hex(), "accept": _accepted(), "reject": _rejected(), "headers": _headers()}


def _pair(number: int) -> bytes:
    return bytes([number]) * 16 + bytes([0x80 | number]) * 32


def _file(pairs: bytes, *, epoch: int = EPOCH, count: int | None = None, root: bytes = ROOT) -> bytes:
    count = len(pairs) // 48 if count is None else count
    head = MAGIC + struct.pack(">QI", epoch, count)
    return head + bound(root, FILE, b"\1" * 12, pairs, head)


def _added(place: int, pair: bytes) -> bytes:
    beside = MAGIC + struct.pack(">Q", EPOCH) + b"added" + struct.pack(">Q", place)
    return bound(ROOT, FILE, bytes([2 + place]) * 12, pair, beside)


def _accepted() -> list[dict[str, Any]]:
    empty, two = _file(b""), _file(_pair(1) + _pair(2))
    first, second = _added(0, _pair(9)), _added(1, _pair(3))
    rows = [
        ("no key yet", empty, [], len(empty)),
        ("two keys", two, [1, 2], len(two)),
        ("two keys and two that were added", two + first + second, [1, 2, 9, 3], len(two + first + second)),
        ("half a key at the end", two + first + second[:40], [1, 2, 9], len(two + first)),
        (
            "a key that never reached the disk",
            two + first + bytes(76),
            [1, 2, 9],
            len(two + first),
        ),
    ]
    return [
        {
            "why": why,
            "file": file.hex(),
            "keys": {_pair(number)[:16].hex(): _pair(number)[16:].hex() for number in numbers},
            "length": length,
        }
        for why, file, numbers, length in rows
    ]


def _rejected() -> list[dict[str, Any]]:
    two = _file(_pair(1) + _pair(2))
    first, second = _added(0, _pair(9)), _added(1, _pair(3))
    broken = bytes([first[0] ^ 1]) + first[1:]
    rows = [
        ("nothing", "Malformed", b""),
        ("another file", "Malformed", b"age-encryption.org/v1\n".ljust(80, b"\0")),
        ("another version", "Malformed", two.replace(b"/v1", b"/v2", 1)),
        ("another epoch", "Malformed", _file(_pair(1), epoch=EPOCH + 1)),
        ("an epoch changed by hand", "Malformed", two[:29] + b"\x08" + two[30:]),
        ("under another root", "Tampered", _file(_pair(1), root=bytes(32))),
        ("one key fewer than it says", "Malformed", _file(_pair(1), count=2)),
        ("one key more than it says", "Tampered", _file(_pair(1) + _pair(2), count=1)),
        ("cut in its first piece", "Tampered", two[:-1]),
        ("a byte changed in its first piece", "Tampered", two[:60] + bytes([two[60] ^ 1]) + two[61:]),
        ("names that do not rise", "Malformed", _file(_pair(2) + _pair(1))),
        ("one name twice", "Malformed", _file(_pair(1) + _pair(1))),
        ("a name added that was there", "Malformed", two + _added(0, _pair(2))),
        ("an added key broken before the end", "Tampered", two + broken + second),
        ("added keys exchanged", "Tampered", two + second + first),
        ("an added key left out", "Tampered", two + second + second),
    ]
    return [{"why": why, "error": error, "file": file.hex()} for why, error, file in rows]


def _headers() -> dict[str, Any]:
    header = b"age-encryption.org/v1\n-> X25519 ...\n--- ...\n"
    beside = f"{HEADER}\0{CASE}\0{RECORD}".encode()
    secret = _pair(1)[16:]
    stored = bound(secret, HEADER, b"\5" * 12, header, beside)
    rows = [
        ("another case", secret, stored, "c1" * 16, RECORD),
        ("another record", secret, stored, CASE, "ac" * 16),
        ("another secret", _pair(2)[16:], stored, CASE, RECORD),
        ("changed", secret, stored[:-1] + bytes([stored[-1] ^ 1]), CASE, RECORD),
        ("cut short", secret, stored[:27], CASE, RECORD),
        ("empty", secret, b"", CASE, RECORD),
    ]
    return {
        "accept": [_row("as stored", secret, stored, CASE, RECORD) | {"header": header.decode()}],
        "reject": [_row(*row) for row in rows],
    }


def _row(why: str, secret: bytes, stored: bytes, case: str, record: str) -> dict[str, Any]:
    return {"why": why, "secret": secret.hex(), "stored": stored.hex(), "case": case, "record": record}
