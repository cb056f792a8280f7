# SPDX-License-Identifier: AGPL-3.0-or-later
"""The short mark of an organisation's root keys: what is printed on paper and compared by people.

Of the roots and not of a manifest, because a manifest lives ninety days and a card for years.
Format: docs/spec/cards.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from watchword.core.sealing.primitives import sha256
from watchword.trust.words import words

LABEL = b"watchword/roots/v1\x00"
SIZE = 16
_DIGITS, _GROUP = 40, 5
_WORDS_IN_A_ROW = 4


@dataclass(frozen=True)
class Fingerprint:
    """128 bits: whoever wants other roots with the same mark has to try 2^128 keys."""

    raw: bytes

    @property
    def digits(self) -> tuple[str, ...]:
        """The number as forty decimal digits, eight groups of five: readable in every alphabet."""
        number = f"{int.from_bytes(self.raw):0{_DIGITS}d}"
        return tuple(number[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))

    def rows(self, language: str) -> tuple[tuple[str, ...], ...]:
        """The same number as sixteen words, four rows of four."""
        said = words(self.raw, language)
        return tuple(said[start : start + _WORDS_IN_A_ROW] for start in range(0, SIZE, _WORDS_IN_A_ROW))

    def __str__(self) -> str:
        return " ".join(self.digits)


def of_roots(roots: Iterable[str], needed: int) -> Fingerprint:
    """The mark of these verifier keys, in whatever order, of which ``needed`` must sign."""
    lines = "".join(f"{root}\n" for root in sorted(set(roots)))
    return Fingerprint(sha256(LABEL + f"{needed}\n{lines}".encode())[:SIZE])
