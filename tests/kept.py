# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps what was made once, rows and files, and puts it back for each later test."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model


@dataclass(frozen=True)
class KeptFile:
    """A file by its place under the folder."""

    place: str
    mode: int
    content: bytes


@dataclass(frozen=True)
class Kept:
    """Rows, in the order of their tables, and files of a folder; ``changed`` rows lie there already."""

    rows: tuple[Model, ...]
    files: tuple[KeptFile, ...]
    changed: tuple[Model, ...] = ()
    _said: list[tuple[str, Any]] = field(default_factory=list)

    @classmethod
    def take(cls, home: Path) -> "Kept":
        """Keep everything that the database and this folder hold now."""
        rows = [row for model in apps.get_models() for row in model._default_manager.order_by("pk")]
        paths = [path for path in sorted(home.rglob("*")) if path.is_file()]
        files = [
            KeptFile(path.relative_to(home).as_posix(), path.stat().st_mode & 0o777, path.read_bytes())
            for path in paths
        ]
        return cls(tuple(rows), tuple(files))

    def since(self, earlier: "Kept") -> "Kept":
        """What came and what changed after ``earlier``; nothing may have gone."""
        before = {(type(row), row.pk): _values(row) for row in earlier.rows}
        here = {(type(row), row.pk): row for row in self.rows}
        assert before.keys() <= here.keys()
        assert {file.place for file in earlier.files} <= {file.place for file in self.files}
        return Kept(
            tuple(row for name, row in here.items() if name not in before),
            tuple(file for file in self.files if file not in set(earlier.files)),
            tuple(row for name, row in here.items() if name in before and before[name] != _values(row)),
        )

    def put_back(self, home: Path) -> None:
        """Write it all into a database and a folder in which what it was taken after lies."""
        with transaction.atomic():
            if self._said:
                with connection.cursor() as cursor:
                    for sql, values in self._said:
                        cursor.execute(sql, values)
            else:
                with connection.execute_wrapper(self._listen):
                    self._write_rows()
        for file in self.files:
            path = home / file.place
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=file.mode)
            path.write_bytes(file.content)

    def _write_rows(self) -> None:
        for model, rows in groupby(self.rows, key=lambda row: row.__class__):
            model._default_manager.bulk_create(copy(row) for row in rows)
        for row in self.changed:
            copy(row).save(force_update=True)

    def _listen(self, execute: Callable[..., Any], sql: str, values: Any, *more: Any) -> Any:
        """Hear what Django says to the database, which from the second time on is said without Django."""
        self._said.append((sql, values))
        return execute(sql, values, *more)


def _values(row: Model) -> list[object]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]
