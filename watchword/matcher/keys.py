# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is derived from the matcher's secret: a key for each kind of match-key, and those of its table.

Whoever has the secret can go through all names and years in hours and find out who is in the table. It is the
whole secret; everything else here only sees to it that without it the table says nothing at all.
"""

from collections.abc import Sequence

from watchword.core.linkage import Kind
from watchword.core.sealing.primitives import (
    KEY_SIZE,
    NONCE_SIZE,
    ChunkCipher,
    hkdf_expand,
    hmac_sha256,
    random_bytes,
)

TOKEN_SIZE = 16
"""128 bits: among ten million tokens two agree by accident with a probability of 2**-81."""

KINDS = tuple(Kind)
"""A kind is stored as its place in this order, which may grow at its end and never change."""


class Keys:
    """The keys of one ``chain`` of secrets of 32 bytes each, the newest last.

    A rotation adds a secret, and what was a token goes through it once more: HMAC of HMAC. So the table is
    changed over at once, without anybody's name, and the older secrets alone open nothing of it.
    """

    def __init__(self, chain: Sequence[bytes]) -> None:
        self.chain = tuple(chain)
        self._of_kind = [[_expand(secret, f"token {kind}") for secret in chain] for kind in KINDS]
        self._labels = _expand(chain[-1], "label")
        self._cipher = ChunkCipher(_expand(chain[-1], "seal"))

    def token(self, kind: int, digest: bytes) -> bytes:
        """The token of a value that is given by its digest: 16 bytes."""
        for key in self._of_kind[kind]:
            digest = hmac_sha256(key, digest)[:TOKEN_SIZE]
        return digest

    def next_token(self, kind: int, token: bytes) -> bytes:
        """The token under the newest secret, of one that was made before that secret came."""
        return hmac_sha256(self._of_kind[kind][-1], token)[:TOKEN_SIZE]

    def label(self, case: bytes) -> bytes:
        """Under which the keys of a case are kept."""
        return hmac_sha256(self._labels, case)[:TOKEN_SIZE]

    def seal(self, plaintext: bytes) -> bytes:
        """A nonce, then the ciphertext. Random nonces: one secret is good for some billion rows."""
        nonce = random_bytes(NONCE_SIZE)
        return nonce + self._cipher.seal(nonce, plaintext)

    def open(self, sealed: bytes) -> bytes:
        """Undo ``seal``; Tampered for anything else."""
        return self._cipher.open(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:])


def place(token: bytes, number: int) -> bytes:
    """Where the table holds the case of this ``number`` with this token: no two places look related."""
    return hmac_sha256(token, number.to_bytes(4))[:TOKEN_SIZE]


def new_secret() -> bytes:
    """A secret to begin a chain with, or to add to one."""
    return random_bytes(KEY_SIZE)


def _expand(secret: bytes, label: str) -> bytes:
    return hkdf_expand(secret, b"watchword matcher " + label.encode())
