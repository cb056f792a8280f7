# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealing 10 kB and 10 MB, against the raw cipher over the same bytes and against pyrage (age in Rust)."""

import os
from functools import partial

import pyrage
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bench.timing import goal, medians, table
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.core.sealing.unseal import unseal

HYBRID, CLASSICAL, RAW, PYRAGE = (
    "ours, post-quantum hybrid",
    "ours, X25519",
    "raw ChaCha20-Poly1305",
    "pyrage, X25519",
)


def main() -> None:
    identity = Identity.generate()
    peer = pyrage.x25519.Identity.generate()
    classical = Recipient.parse(str(peer.to_public()))
    cipher, nonce = ChaCha20Poly1305(os.urandom(32)), bytes(12)
    for title, size, rounds, repeats in (("10 kB", 10_000, 15, 100), ("10 MB", 10_000_000, 15, 2)):
        data = os.urandom(size)
        sealed = seal(data, [identity.recipient])
        seconds = medians(
            {
                HYBRID: partial(seal, data, [identity.recipient]),
                CLASSICAL: partial(seal, data, [classical]),
                PYRAGE: partial(pyrage.encrypt, data, [peer.to_public()]),
                RAW: partial(cipher.encrypt, nonce, data, None),
                "opening ours, hybrid": partial(unseal, sealed, [identity]),
            },
            rounds,
            repeats,
        )
        rates = {name: 1 / value for name, value in seconds.items()}
        table(f"{title}, one recipient", rates, "per second", RAW)
        if size > 1_000_000:
            goal("10 MB against pyrage", rates[HYBRID] / rates[PYRAGE], 2)
            goal("10 MB against the raw cipher", rates[HYBRID] / rates[RAW], 0.7)


if __name__ == "__main__":
    main()
