# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sealed file as text that survives mail and paper: age's strict PEM."""

import binascii

from watchword.core.sealing.errors import Malformed

_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_BYTES_PER_LINE = 48
_WHITESPACE = b" \t\r\n"


def armor(sealed: bytes) -> bytes:
    """``sealed`` as lines of 64 base64 characters between the two marks."""
    rows = (sealed[at : at + _BYTES_PER_LINE] for at in range(0, len(sealed), _BYTES_PER_LINE))
    return b"\n".join([_BEGIN, *(binascii.b2a_base64(row, newline=False) for row in rows), _END, b""])


def dearmor(text: bytes) -> bytes:
    """The sealed file inside ``text``; white space around the marks and CRLF are let pass, nothing else is.

    Anything laxer would let a stranger alter the text without altering the file.
    """
    lines = text.strip(_WHITESPACE).replace(b"\r\n", b"\n").split(b"\n")
    if len(lines) < 2 or lines[0] != _BEGIN or lines[-1] != _END:
        raise Malformed("an armored file begins and ends with its two marks")
    body = lines[1:-1]
    if any(len(line) != _COLUMNS for line in body[:-1]) or (body and not 0 < len(body[-1]) <= _COLUMNS):
        raise Malformed("a line of an armored file has the wrong length")
    joined = b"".join(body)
    try:
        sealed = binascii.a2b_base64(joined, strict_mode=True)
    except ValueError:
        raise Malformed("an armored file holds something that is not base64") from None
    if binascii.b2a_base64(sealed, newline=False) != joined:
        raise Malformed("the base64 of an armored file is not in canonical form")
    return sealed
