# SPDX-License-Identifier: AGPL-3.0-or-later
"""Canonical JSON: one value, one sequence of bytes, so that what was signed is what is hashed.

The form is JCS (RFC 8785), by the ``rfc8785`` package. Entries use a subset of it: printable ASCII without
quotation marks or backslashes inside strings, and whole numbers below 2**53. Inside that subset the JSON
encoder of the standard library makes the same bytes several times faster, and a whole log can be audited;
a property test holds the two together.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

from watchword.core.ledger.errors import Malformed

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

_PLAIN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode(value: JSON) -> bytes:
    """The JCS bytes of any JSON value; Malformed when it has none (a lone surrogate, 2**53, NaN)."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as error:
        raise Malformed(f"this value has no canonical JSON form: {type(error).__name__}") from None


def encode_plain(value: Mapping[str, JSON]) -> bytes:
    """The JCS bytes of an object of the entry subset, whose numbers the caller has checked.

    Malformed when a string in it would need an escape.
    """
    raw = _PLAIN.encode(value).encode()
    if not is_plain(raw):
        raise Malformed(
            "an entry holds only printable ASCII: ids, codes, keys and hashes, never text of people"
        )
    return raw


def decode_plain(raw: bytes) -> dict[str, JSON]:
    """The object whose canonical bytes are exactly ``raw``; Malformed for any other bytes.

    Duplicate names, spaces, another order of names and other spellings of a number all fail the
    comparison with the bytes that the value itself encodes to.
    """
    if not is_plain(raw):
        raise Malformed("an entry holds only printable ASCII without escapes")
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise Malformed("these bytes are not JSON") from None
    if not isinstance(value, dict):
        raise Malformed("an entry is a JSON object")
    if _PLAIN.encode(value).encode() != raw:
        raise Malformed("this JSON is not in canonical form: the same value has other canonical bytes")
    return value


def is_plain(raw: bytes) -> bool:
    """Whether ``raw`` stays inside the entry subset (escapes and control characters lie outside)."""
    return raw.isascii() and b"\\" not in raw and raw.decode("ascii").isprintable()
