# SPDX-License-Identifier: AGPL-3.0-or-later
"""Builds the vectors of shares: secrets split with fixed coefficients, and what must not be combined."""

import hashlib
from typing import Any

from tests.vectors.sealing.reference import share

SECRET = bytes(range(32))


def shares() -> dict[str, Any]:
    accepted = [
        _split(SECRET, k, xs)
        for k, xs in [(1, [1, 2]), (2, [1, 2, 3]), (3, [1, 2, 3, 4, 5]), (3, [250, 7, 99])]
    ]
    accepted += [_split(b"\0", 2, [1, 2]), _split(SECRET, 16, list(range(1, 17)))]
    return {"accept": accepted, "reject": _rejected()}


def _split(secret: bytes, k: int, xs: list[int]) -> dict[str, Any]:
    # Any fixed coefficients do: what is tested is the arithmetic, and real ones are random.
    rows = [hashlib.shake_256(bytes([degree])).digest(len(secret)) for degree in range(1, k)]
    parts = [share(secret, rows, x) for x in xs]
    return {
        "secret": secret.hex(),
        "k": k,
        "shares": [part.hex() for part in parts],
        "commitments": [hashlib.sha256(part).hexdigest() for part in parts],
    }


def _rejected() -> list[dict[str, Any]]:
    good = _split(SECRET, 3, [1, 2, 3, 4, 5])
    first, second, third = ([number, good["shares"][number - 1]] for number in (1, 2, 3))
    altered = [2, "ff" + second[1][2:]]
    rows = [
        ("too few", "Malformed", "3 shares are needed", [first, second]),
        ("none", "Malformed", "3 shares are needed", []),
        ("one given twice", "Malformed", "twice", [first, second, first]),
        ("one altered", "Tampered", "share number 2", [first, altered, third]),
        ("two exchanged", "Tampered", "share number 1", [[1, second[1]], [2, first[1]], third]),
        ("a number beyond the commitments", "Malformed", "share number 6", [first, second, [6, third[1]]]),
        ("the number zero", "Malformed", "share number 0", [first, second, [0, third[1]]]),
    ]
    return [_reject(*row, good["commitments"]) for row in rows] + _committed_nonsense()


def _committed_nonsense() -> list[dict[str, Any]]:
    """What a dishonest splitter could commit to: the commitments fit, the shares do not."""
    good = _split(SECRET, 2, [1, 2])["shares"]
    rows = [
        ("x is zero", "share number 2 is not a share", [good[0], good[1][:-2] + "00"]),
        ("x alone", "share number 2 is not a share", [good[0], "02"]),
        ("nothing", "share number 2 is not a share", [good[0], ""]),
        ("the same x twice", "twice", [good[0], good[1][:-2] + "01"]),
        ("different lengths", "different secrets", [good[0], good[1][2:]]),
    ]
    built = []
    for why, says, parts in rows:
        commitments = [hashlib.sha256(bytes.fromhex(part)).hexdigest() for part in parts]
        built.append(_reject(why, "Malformed", says, [[1, parts[0]], [2, parts[1]]], commitments) | {"k": 2})
    return built


def _reject(why: str, error: str, says: str, parts: list[Any], commitments: list[str]) -> dict[str, Any]:
    return {"why": why, "error": error, "says": says, "k": 3, "shares": parts, "commitments": commitments}
