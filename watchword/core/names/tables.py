# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of letters, endings and words that names are read by, out of the package's own TOML files."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

TABLE_VERSION = 1
"""Raised with every change that gives any word another skeleton; stored with whatever is derived from one."""


@cache
def table(name: str) -> dict[str, Any]:
    """The packaged table ``name``, read once: constant data, never anybody's name."""
    return tomllib.loads(resources.files(__package__).joinpath(f"data/{name}.toml").read_text("utf-8"))
