# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes and sizes as text, with exactly one accepted spelling each, so that equal values are equal text.

Two base64 alphabets are in use because two specifications ask for them: signed notes use the standard
alphabet with padding (RFC 4648 section 4), entries use the URL-safe one without padding (section 5).
"""

import base64
import binascii
import re

from watchword.core.ledger.errors import Malformed

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]*")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_LAST_LETTERS = (_LETTERS, _LETTERS[::16], _LETTERS[::4])
LARGEST_SIZE = 2**63 - 1


def to_base64(data: bytes) -> str:
    """``data`` in the standard alphabet, padded."""
    return base64.b64encode(data).decode()


def from_base64(text: str, *, what: str) -> bytes:
    """The bytes of a standard, padded base64 text; Malformed, naming ``what``, for any other spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(f"{what} is not base64") from None
    if to_base64(data) != text:
        # Unused low bits must be zero, or one signature would have several spellings.
        raise Malformed(f"{what} is base64 in a spelling that is not the canonical one")
    return data


def to_base64url(data: bytes) -> str:
    """``data`` in the URL-safe alphabet, without padding."""
    text = binascii.b2a_base64(data, newline=False).decode()
    return text.rstrip("=").replace("+", "-").replace("/", "_")


def from_base64url(text: str, length: int, *, what: str) -> bytes:
    """The ``length`` bytes of an unpadded URL-safe base64 text; Malformed, naming ``what``, otherwise."""
    if not _URL_SAFE.fullmatch(text):
        raise Malformed(f"{what} is not base64url")
    # The last letter may carry bits that belong to no byte; only the letters that leave them zero will do.
    if len(text) != -(-length * 4 // 3) or text[-1:] not in _LAST_LETTERS[length % 3]:
        raise Malformed(f"{what} is not {length} bytes of base64url in canonical spelling")
    return binascii.a2b_base64(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4))


def from_decimal(text: str, *, what: str) -> int:
    """A number without sign, spaces or leading zeroes, below 2**63; Malformed, naming ``what``, otherwise."""
    if not _DECIMAL.fullmatch(text) or (number := int(text)) > LARGEST_SIZE:
        raise Malformed(f"{what} is not a plain decimal number below 2**63")
    return number
