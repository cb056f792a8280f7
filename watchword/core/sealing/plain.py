# SPDX-License-Identifier: AGPL-3.0-or-later
"""Strict reading of the files that go between a Desk and a custodian's machine: one form, and no other.

Both sides read what may have been altered on the way. So each file is canonical JSON (RFC 8785) with exactly
the members that its specification names, docs/spec/requests.md, and every other spelling is refused.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785

from watchword.core.refusals import sentence
from watchword.core.sealing import base64
from watchword.core.sealing.errors import Malformed

FORMAT = 1
LONGEST = 8 * 1024 * 1024
"""Bytes of a file: the largest answer, 200 cases with five elements each, takes five sixths of it."""

HASH = re.compile("[0-9a-f]{64}")
CASE = re.compile("[0-9a-f]{32}")
PERSON = re.compile("[0-9a-f-]{16,36}")
CODE = re.compile("[a-z](?:[a-z0-9-]{0,62}[a-z0-9])?")
RECIPIENT = re.compile("age1pq1[02-9ac-hj-np-z]{1952}")
ANYTHING = re.compile("(?s).{0,65536}")
_LARGEST = 2**53 - 1


def write(what: str, members: Mapping[str, Any]) -> bytes:
    """The file of this name with these members; Malformed when nobody would read it."""
    raw = rfc8785.dumps({"format": FORMAT, "what": what, **members})
    if len(raw) > LONGEST:
        raise Malformed(_TOO_LARGE)
    return raw


def read(raw: bytes, what: str, names: set[str]) -> dict[str, Any]:
    """The members of the file ``what``, which are exactly ``names``; Malformed for any other bytes."""
    found = _parsed(raw)
    if not isinstance(found, dict) or found.keys() != {"format", "what", *names}:
        raise Malformed(NOT_A_FILE)
    if type(found["format"]) is not int or found["format"] != FORMAT or found["what"] != what:
        raise Malformed(NOT_A_FILE)
    try:
        same = rfc8785.dumps(found) == raw
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError):
        same = False
    if not same:
        raise Malformed(NOT_A_FILE)
    return found


def named(raw: bytes) -> str:
    """Which file this says that it is, before it is read as that; Malformed when it says nothing."""
    found = _parsed(raw)
    return text(found.get("what") if isinstance(found, dict) else None)


def _parsed(raw: bytes) -> object:
    if len(raw) > LONGEST:
        raise Malformed(NOT_A_FILE)
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise Malformed(NOT_A_FILE) from None


def members(value: object, names: set[str]) -> dict[str, Any]:
    """An object with exactly these members."""
    if not isinstance(value, dict) or value.keys() != names:
        raise Malformed(NOT_A_FILE)
    return value


def text(value: object, form: re.Pattern[str] = ANYTHING) -> str:
    """A text of this form."""
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Malformed(NOT_A_FILE)
    return value


def number(value: object, *, least: int = 0, most: int = _LARGEST) -> int:
    """A whole number; true is none."""
    if type(value) is not int or not least <= value <= most:
        raise Malformed(NOT_A_FILE)
    return value


def truth(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Malformed(NOT_A_FILE)
    return value


def row(value: object, *, least: int = 0) -> Sequence[Any]:
    """A list of at least so many things."""
    if not isinstance(value, list) or len(value) < least:
        raise Malformed(NOT_A_FILE)
    return value


def data(value: object) -> bytes:
    """Bytes in base64, as age writes it: without padding."""
    return base64.decode(text(value, re.compile("(?s).*")))


def hashes(value: object) -> tuple[bytes, ...]:
    """A list of hashes of 32 bytes, in hex."""
    return tuple(bytes.fromhex(text(one, HASH)) for one in row(value))


_TOO_LARGE = sentence("This is too much for one file: it must be asked for in smaller pieces.")
NOT_A_FILE = sentence("This is not a file of this kind in its one form, or it was changed on the way.")
