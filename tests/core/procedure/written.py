# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of the legion profile as parsed tables, fresh for each test to break."""

import tomllib
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from watchword.core.procedure import FILES, Profile, ProfileError, read_profile

LEGION = Path(__file__).resolve().parents[3] / "watchword" / "profiles" / "legion"

# Parsed TOML has any shape; tests reach into it to break it.
Files = dict[str, Any]


def legion() -> Files:
    """The legion profile as parsed from its files, a copy of one's own."""
    return deepcopy(_parsed())


@cache
def _parsed() -> Files:
    return {part: tomllib.loads((LEGION / f"{part}.toml").read_text(encoding="utf-8")) for part in FILES}


def row(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The table with this id."""
    return next(one for one in rows if one["id"] == name)


def read(files: Files) -> Profile:
    """The profile that these files make."""
    return read_profile("legion", "legion", files)


def faults(files: Files) -> list[str]:
    """What is wrong with these files, one line a fault; nothing when nothing is."""
    try:
        read(files)
    except ProfileError as error:
        return str(error).splitlines()
    return []


def text(words: str) -> dict[str, str]:
    """The same words in every language."""
    return {"en": words, "uk": words, "ru": words}
