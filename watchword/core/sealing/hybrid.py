# SPDX-License-Identifier: AGPL-3.0-or-later
"""The age recipient type ``mlkem768x25519``: safe while either ML-KEM-768 or X25519 is."""

from watchword.core.sealing import base64
from watchword.core.sealing.envelope import Stanza
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import (
    FILE_KEY_SIZE,
    TAG_SIZE,
    FileKey,
    HybridPublicKey,
    HybridSecretKey,
)

NAME = "mlkem768x25519"
_INFO = b"age-encryption.org/mlkem768x25519"


class HybridPublic:
    """Wraps file keys for one hybrid public key of 1216 bytes."""

    __slots__ = ("_key", "raw")

    def __init__(self, raw: bytes) -> None:
        self._key = HybridPublicKey(raw)
        self.raw = raw

    def wrap(self, file_key: FileKey) -> Stanza:
        """A stanza that only the secret half can unwrap."""
        share, body = self._key.wrap(file_key, _INFO)
        return Stanza((NAME, base64.encode(share)), body)


class HybridSecret:
    """Unwraps file keys with one hybrid secret key, given as its 32-byte seed."""

    __slots__ = ("_key", "public_raw")

    def __init__(self, seed: bytes) -> None:
        self._key = HybridSecretKey(seed)
        self.public_raw = self._key.public

    def unwrap(self, stanza: Stanza) -> FileKey | None:
        """The file key, or None when the stanza is for another key; Malformed when it is for none."""
        # The body's size is checked before decrypting: a longer one could be made to open under several keys.
        if len(stanza.arguments) != 2 or len(stanza.body) != FILE_KEY_SIZE + TAG_SIZE:
            raise Malformed(f"a stanza {NAME} has one share and a body of 32 bytes")
        found = self._key.unwrap(base64.decode(stanza.arguments[1]), stanza.body, _INFO)
        return None if found is None else FileKey(found)
