# SPDX-License-Identifier: AGPL-3.0-or-later
"""Static files under names with a piece of their hash: a browser asks for each once, and for no old one.

Nothing is copied or collected. The names are worked out when a program starts, from the files as they lie in
the packages; so a program must be started anew after they were built anew, as it must for its code.
"""

import hashlib
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # it brings no types

DIGITS = 12


class HashedNames(StaticFilesStorage):
    """Where ``{% static %}`` asks for the address of a file."""

    def url(self, name: str | None) -> str:
        """The address under which the file may be kept for ever; the bare one when there is no such file."""
        path = finders.find(name) if name else None
        return super().url(_hashed(name, path) if name and isinstance(path, str) else name)


class HashedFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # for the same reason
    """Answers with each file under both of its names; only the hashed one may be kept."""

    def add_file_to_dictionary(self, url: str, path: str | PathLike[str], stat_cache: Any = None) -> None:
        super().add_file_to_dictionary(url, path, stat_cache=stat_cache)
        super().add_file_to_dictionary(_hashed(url, str(path)), path, stat_cache=stat_cache)


@cache
def _hashed(name: str, path: str) -> str:
    """``built/gate.css`` as ``built/gate.0123456789ab.css``."""
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:DIGITS]
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{digest}{dot}{ending}"
