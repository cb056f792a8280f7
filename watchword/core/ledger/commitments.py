# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an entry says about its payload and its case without saying it: salted and keyed hashes.

Both secrets (the salt of one payload, the key of one case) live beside the case and die with it. After
that nobody, not even who kept a copy of the log, can link an entry to a case or test a guess at a payload.
"""

import hashlib

from watchword.core.ledger.canonical import JSON, encode
from watchword.core.ledger.errors import Malformed

SALT_LENGTH = 32
CASE_KEY_LENGTH = 32
_LABEL = b"WW-commit\0"
_BLOCK = 64


def commit(payload: JSON, salt: bytes) -> bytes:
    """SHA-256("WW-commit\\0" ‖ salt ‖ JCS(payload)): 32 bytes; ``salt`` must be 32 fresh random bytes."""
    if len(salt) != SALT_LENGTH:
        raise Malformed(f"a commitment needs a salt of {SALT_LENGTH} bytes")
    return hashlib.sha256(_LABEL + salt + encode(payload)).digest()


def case_pseudonym(case_key: bytes, case_uid: bytes) -> bytes:
    """HMAC-SHA256(case key, case uid): what ``obj`` says instead of naming the case (RFC 2104).

    Written out over hashlib, because only the sealing primitives may import ``hmac``.
    """
    if len(case_key) != CASE_KEY_LENGTH:
        raise Malformed(f"the key of a case has {CASE_KEY_LENGTH} bytes")
    padded = case_key.ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + case_uid).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()
