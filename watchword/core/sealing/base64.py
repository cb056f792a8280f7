# SPDX-License-Identifier: AGPL-3.0-or-later
"""Base64 without padding in its one canonical form, as age headers write bytes."""

import binascii

from watchword.core.sealing.errors import Malformed


def encode(data: bytes) -> str:
    """``data`` in the standard alphabet, without ``=``."""
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of ``text``; Malformed unless encoding them again gives ``text`` back."""
    try:
        data = binascii.a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
    except ValueError:
        raise Malformed("a base64 value has a character or a length that is not allowed") from None
    # Two texts for the same bytes would let anyone alter a header without its bytes changing.
    if encode(data) != text:
        raise Malformed("a base64 value is not in canonical form")
    return data
