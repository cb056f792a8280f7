# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps what was made once, rows and files, and puts it back for each later test."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class KeptFile:
    """A file by its place under the folder."""

    place: str
    mode: int
    content: bytes


@dataclass(frozen=True)
class Kept:
    """Rows of some apps, in the order of their tables, and every file of a folder."""

    rows: tuple[Model, ...]
    files: tuple[KeptFile, ...]

    @classmethod
    def take(cls, labels: Iterable[str], home: Path) -> "Kept":
        """Keep everything that these apps and this folder hold now."""
        models = [model for label in labels for model in apps.get_app_config(label).get_models()]
        rows = [row for model in models for row in model._default_manager.order_by("pk")]
        paths = [path for path in sorted(home.rglob("*")) if path.is_file()]
        files = [
            KeptFile(path.relative_to(home).as_posix(), path.stat().st_mode & 0o777, path.read_bytes())
            for path in paths
        ]
        return cls(tuple(rows), tuple(files))

    def put_back(self, home: Path) -> None:
        """Write it all into an empty database and an empty folder."""
        for model, rows in groupby(self.rows, key=lambda row: row.__class__):
            model._default_manager.bulk_create(copy(row) for row in rows)
        for file in self.files:
            path = home / file.place
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=file.mode)
            path.write_bytes(file.content)
