# SPDX-License-Identifier: AGPL-3.0-or-later
"""Countries as lists write them (codes, names, adjectives) to their ISO 3166 code."""

import tomllib
from functools import cache
from importlib import resources

MISSING = frozenset(("", "00", "unknown", "unknow", "stateless", "n/a", "undetermined"))

# "Korea, North" and "Korea (North)" are one country.
MARKS = str.maketrans({"(": " ", ")": " ", ",": " ", ".": None})


def code(text: str) -> str | None:
    """The two-letter code in lower case; empty when the source does not know; None when we do not."""
    plain = " ".join(text.lower().translate(MARKS).split())
    if plain in MISSING:
        return ""
    return _table().get(plain.removeprefix("possibly ").removeprefix("the "))


@cache
def _table() -> dict[str, str]:
    packaged = resources.files("watchword.core.screening.loaders").joinpath("countries.toml")
    listed = tomllib.loads(packaged.read_text(encoding="utf-8"))
    table: dict[str, str] = {}
    for two, row in listed.items():
        table[two] = two
        table.update(dict.fromkeys((name.strip().lower() for name in row.split(",")), two))
    return table
