# SPDX-License-Identifier: AGPL-3.0-or-later
"""A key for an entry whose source gives none: the same words make the same key in the next version."""

from hashlib import blake2b


def key_of(*words: str) -> str:
    """Sixteen hexadecimal digits of the words, letter case and blanks aside."""
    plain = "\x1f".join(" ".join(word.lower().split()) for word in words)
    return blake2b(plain.encode(), digest_size=8).hexdigest()
