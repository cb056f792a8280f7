# SPDX-License-Identifier: AGPL-3.0-or-later
"""The age recipient type ``X25519``: for other people's tools, and not safe from quantum computers."""

from watchword.core.sealing import base64
from watchword.core.sealing.envelope import Stanza
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import (
    FILE_KEY_SIZE,
    KEY_SIZE,
    TAG_SIZE,
    FileKey,
    check_x25519_share,
    hkdf,
    random_bytes,
    unwrap_once,
    wrap_once,
    x25519,
    x25519_public,
)

NAME = "X25519"
_INFO = b"age-encryption.org/v1/X25519"


class X25519Public:
    """Wraps file keys for one X25519 public value of 32 bytes."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        check_x25519_share(raw)
        self.raw = raw

    def wrap(self, file_key: FileKey) -> Stanza:
        """A stanza that only the secret half can unwrap, under a fresh ephemeral key."""
        ephemeral = random_bytes(KEY_SIZE)
        share = x25519_public(ephemeral)
        key = hkdf(x25519(ephemeral, self.raw), salt=share + self.raw, info=_INFO)
        return Stanza((NAME, base64.encode(share)), wrap_once(key, file_key))


class X25519Secret:
    """Unwraps file keys with one X25519 scalar of 32 bytes."""

    __slots__ = ("_scalar", "public_raw")

    def __init__(self, seed: bytes) -> None:
        self._scalar = seed
        self.public_raw = x25519_public(seed)

    def unwrap(self, stanza: Stanza) -> FileKey | None:
        """The file key, or None when the stanza is for another key; Malformed when it is for none."""
        # The body's size is checked before decrypting: a longer one could be made to open under several keys.
        if len(stanza.arguments) != 2 or len(stanza.body) != FILE_KEY_SIZE + TAG_SIZE:
            raise Malformed(f"a stanza {NAME} has one share and a body of 32 bytes")
        share = base64.decode(stanza.arguments[1])
        key = hkdf(x25519(self._scalar, share), salt=share + self.public_raw, info=_INFO)
        return unwrap_once(key, stanza.body)
