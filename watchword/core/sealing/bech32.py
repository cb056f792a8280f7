# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bech32 (BIP 173) without its length limit: how keys are written so that a typing error is noticed."""

from collections.abc import Iterable

from watchword.core.sealing.errors import Malformed

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
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


def _to_fives(data: bytes) -> list[int]:
    bits = f"{int.from_bytes(data):0{len(data) * 8}b}" if data else ""
    bits += "0" * (-len(bits) % 5)
    return [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]


def _to_bytes(fives: list[int]) -> bytes:
    bits = "".join(f"{five:05b}" for five in fives)
    size, spare = divmod(len(bits), 8)
    if spare > 4 or "1" in bits[size * 8 :]:
        raise Malformed("the end of a Bech32 text is not canonical")
    return int(bits[: size * 8] or "0", 2).to_bytes(size)


def encode(prefix: str, data: bytes) -> str:
    """Write ``data`` as lower-case Bech32 under ``prefix``."""
    values = _to_fives(data)
    check = _polymod([*_expanded(prefix), *values, *bytes(_CHECKSUM_LENGTH)]) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(_CHECKSUM_LENGTH)]
    return f"{prefix}1{''.join(_ALPHABET[value] for value in values)}"


def decode(text: str) -> tuple[str, bytes]:
    """The lower-case prefix and the data of a Bech32 text, all upper or all lower case; or Malformed."""
    if text not in (text.lower(), text.upper()):
        raise Malformed("a Bech32 text is either all upper or all lower case")
    prefix, _, letters = text.lower().rpartition("1")
    if not prefix or not all("!" <= letter <= "~" for letter in prefix):
        raise Malformed("a Bech32 text begins with a printable prefix and the digit 1")
    if len(letters) < _CHECKSUM_LENGTH or not all(letter in _VALUES for letter in letters):
        raise Malformed("a Bech32 text holds a letter that is not in its alphabet, or is too short")
    values = [_VALUES[letter] for letter in letters]
    if _polymod([*_expanded(prefix), *values]) != 1:
        raise Malformed("a Bech32 checksum is wrong: there is a typing error in the text")
    return prefix, _to_bytes(values[:-_CHECKSUM_LENGTH])
