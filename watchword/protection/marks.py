# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pool of call signs that were given out: keyed marks, of which nobody without the key can read a word.

A call sign leaves a mark of each of its forms with one letter left out, and of how it sounds. Two that are
one letter apart, or sound alike, share a mark; so a new one is compared with all that ever were, without a
list of them. ``docs/spec/call-signs.md`` has the format.
"""

from collections.abc import Iterable, Iterator

from watchword.core.names import skeleton
from watchword.core.procedure.text import LANGUAGES, Text
from watchword.core.sealing.primitives import hmac_sha256
from watchword.protection.meaning import words_of

MARK_SIZE = 8
"""64 bits: among a million marks a new one agrees with any by accident once in 10**13 times."""

Pool = bytes
"""The marks of all call signs, sorted: no order tells which belong together, or which came last."""


def marks(sign: Text, key: bytes) -> frozenset[bytes]:
    """The marks of one call sign under the pool's key."""
    return frozenset(hmac_sha256(key, form.encode())[:MARK_SIZE] for form in _forms(sign))


def is_taken(sign: Text, key: bytes, pool: Pool) -> bool:
    """Whether this call sign, or one that is nearly the same, was given out or struck out before."""
    return bool(marks(sign, key) & _read(pool))


def with_taken(pool: Pool, signs: Iterable[Text], key: bytes) -> Pool:
    """The pool with these call signs in it, for ever."""
    return b"".join(sorted(_read(pool).union(*(marks(sign, key) for sign in signs))))


def _read(pool: Pool) -> frozenset[bytes]:
    return frozenset(pool[at : at + MARK_SIZE] for at in range(0, len(pool), MARK_SIZE))


def _forms(sign: Text) -> Iterator[str]:
    for language in LANGUAGES:
        words = list(words_of(sign, language))
        whole = "".join(words)
        yield f"{language}:{whole}"
        yield from (f"{language}:{whole[:at]}{whole[at + 1 :]}" for at in range(len(whole)))
        yield f"{language}~{' '.join(map(skeleton, words))}"
