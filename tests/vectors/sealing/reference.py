# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second, plain implementation of our formats, so that vectors are not made by the code they test."""

import hashlib
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand


def padme(length: int) -> int:
    """Round up until the binary digits after the first log2(log2(length)) + 1 are zero."""
    if length < 2:
        return length
    exponent = len(bin(length)) - 3
    step = 1 << max(exponent - len(bin(exponent)) + 2, 0)
    return -(-length // step) * step


def frame(case: bytes, compartment: bytes, revision: int, payload: bytes) -> bytes:
    """A frame written field by field."""
    head = struct.pack(">3s16sB", b"WW1", case, len(compartment)) + compartment + struct.pack(">I", revision)
    size = padme(len(head) + len(payload) + 8)
    return (head + payload).ljust(size - 8, b"\0") + struct.pack(">Q", len(payload))


def gf_times(left: int, right: int) -> int:
    """Long multiplication of polynomials, then long division by x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for bit in range(8):
        if right >> bit & 1:
            product ^= left << bit
    for bit in range(15, 7, -1):
        if product >> bit & 1:
            product ^= 0x11B << (bit - 8)
    return product


def share(secret: bytes, coefficients: list[bytes], x: int) -> bytes:
    """The value at ``x`` of each byte's polynomial, power by power, and then ``x``."""
    values = []
    for place, constant in enumerate(secret):
        value, power = constant, 1
        for row in coefficients:
            power = gf_times(power, x)
            value ^= gf_times(row[place], power)
        values.append(value)
    return bytes([*values, x])


def check_digits(body: str) -> str:
    """The two digits that make the whole number leave 1 when divided by 97, found by trying."""
    return next(f"{two:02d}" for two in range(2, 99) if (int(body) * 100 + two) % 97 == 1)


def argon(secret: bytes, salt: bytes, passes: int, memory_kib: int) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=passes, lanes=1, memory_cost=memory_kib).derive(secret)


def expand(key: bytes, label: str) -> bytes:
    return HKDFExpand(hashes.SHA256(), 32, label.encode()).derive(key)


def receipt_root(organisation: str, digits: str) -> bytes:
    """Argon2id of the twenty secret digits, salted with the organisation and the locator."""
    salt = hashlib.sha256(f"watchword/receipt/v1\0{organisation}\0{digits[:8]}".encode()).digest()[:16]
    return argon(digits[8:28].encode(), salt, passes=2, memory_kib=8192)


def bound(key: bytes, label: str, nonce: bytes, plain: bytes, beside: bytes) -> bytes:
    """Nonce, ciphertext and tag under the key of this label, good beside these bytes alone."""
    return nonce + ChaCha20Poly1305(expand(key, label)).encrypt(nonce, plain, beside)
