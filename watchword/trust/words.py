# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bytes as common words, one word a byte, so that people can compare them by eye and over a telephone.

The same byte names the same thing in every language: a card in Russian and a page in English can be held
beside each other. No two words of a language differ in one letter alone.
"""

from functools import lru_cache
from pathlib import Path

from watchword.core.procedure.text import LANGUAGES

_TABLE = Path(__file__).with_name("words.txt")


def words(data: bytes, language: str) -> tuple[str, ...]:
    """One word for each byte, in one of LANGUAGES; English for any other."""
    columns = _columns()
    chosen = columns.get(language, columns["en"])
    return tuple(chosen[byte] for byte in data)


@lru_cache(maxsize=1)
def _columns() -> dict[str, tuple[str, ...]]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" ") for line in lines if not line.startswith("#")]
    return dict(zip(LANGUAGES, zip(*rows, strict=True), strict=True))
