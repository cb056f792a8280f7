# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bech32 (BIP 173) without its length limit: how keys are written so that a typing error is noticed."""

import binascii
from base64 import b32decode, b32encode
from collections.abc import Iterable

from watchword.core.sealing.errors import Malformed

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
# The five-bit groups are those of base 32, so its fast code is used with the letters exchanged.
_FROM_BASE32 = str.maketrans(_BASE32, _ALPHABET)
_TO_BASE32 = str.maketrans(_ALPHABET, _BASE32)
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def _row(top: int) -> int:
    row = 0
    for bit, generator in enumerate(_GENERATOR):
        if top >> bit & 1:
            row ^= generator
    return row


# One look-up a character instead of five tests: a post-quantum recipient has nearly two thousand of them.
_ROWS = tuple(_row(top) for top in range(32))


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        check = (check & 0x1FFFFFF) << 5 ^ value ^ _ROWS[check >> 25]
    return check


def _expanded(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _letters(data: bytes) -> str:
    return b32encode(data).rstrip(b"=").decode("ascii").translate(_FROM_BASE32)


def _bytes(letters: str) -> bytes:
    try:
        data = b32decode(letters.translate(_TO_BASE32) + "=" * (-len(letters) % 8))
    except binascii.Error:
        raise Malformed("a Bech32 text has an impossible length") from None
    if _letters(data) != letters:
        raise Malformed("the end of a Bech32 text is not canonical")
    return data


def encode(prefix: str, data: bytes) -> str:
    """Write ``data`` as lower-case Bech32 under ``prefix``."""
    letters = _letters(data)
    values = (_VALUES[letter] for letter in letters)
    check = _polymod([*_expanded(prefix), *values, *bytes(_CHECKSUM_LENGTH)]) ^ 1
    checksum = (_ALPHABET[check >> 5 * (5 - place) & 31] for place in range(_CHECKSUM_LENGTH))
    return f"{prefix}1{letters}{''.join(checksum)}"


def decode(text: str) -> tuple[str, bytes]:
    """The lower-case prefix and the data of a Bech32 text, all upper or all lower case; or Malformed."""
    if text not in (text.lower(), text.upper()):
        raise Malformed("a Bech32 text is either all upper or all lower case")
    prefix, _, letters = text.lower().rpartition("1")
    if not prefix or not all("!" <= letter <= "~" for letter in prefix):
        raise Malformed("a Bech32 text begins with a printable prefix and the digit 1")
    if len(letters) < _CHECKSUM_LENGTH or not _VALUES.keys() >= set(letters):
        raise Malformed("a Bech32 text holds a letter that is not in its alphabet, or is too short")
    if _polymod([*_expanded(prefix), *(_VALUES[letter] for letter in letters)]) != 1:
        raise Malformed("a Bech32 checksum is wrong: there is a typing error in the text")
    return prefix, _bytes(letters[:-_CHECKSUM_LENGTH])
