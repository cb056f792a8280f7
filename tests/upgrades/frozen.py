# SPDX-License-Identifier: AGPL-3.0-or-later
"""A database as an older version left it: its migrations, its columns, and rows of invented people."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

VERSIONS = Path(__file__).parent / "versions"
ALIAS = "upgraded"
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class Frozen:
    """``migrations`` are the newest of each app then; ``columns`` by table, ``rows`` by model."""

    migrations: dict[str, str]
    columns: dict[str, list[str]]
    rows: Rows

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Frozen":
        return cls(**json.loads(path.read_text(encoding="utf-8")))


@contextmanager
def empty_database(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """A database of its own beside that of the other tests, on the same engine; gone at the end."""
    settings = deepcopy(connections["default"].settings_dict)
    name = f"upgraded_{folder.name}"
    on_a_server = connections["default"].vendor == "postgresql"
    settings["NAME"] = name if on_a_server else str(folder / "old.sqlite3")
    connections.databases[ALIAS] = settings
    connection = connections[ALIAS]
    try:
        if on_a_server:
            _on_the_server(connection, "CREATE DATABASE", name)
        yield connection
    finally:
        connection.close()
        if on_a_server:
            _on_the_server(connection, "DROP DATABASE", name)
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _on_the_server(connection: BaseDatabaseWrapper, words: str, name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"{words} {connection.ops.quote_name(name)}")


def bring_to(connection: BaseDatabaseWrapper, migrations: Mapping[str, str]) -> list[type[models.Model]]:
    """Migrate to exactly these; the models as they were then."""
    executor = MigrationExecutor(connection)
    state = executor.migrate(list(migrations.items()))
    return state.apps.get_models(include_auto_created=True)


def newest(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The newest migration of each app."""
    return dict(MigrationExecutor(connection).loader.graph.leaf_nodes())


def columns(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """The names of the columns of each table, as the database itself tells them."""
    look = connection.introspection
    with connection.cursor() as cursor:
        tables = [table for table in look.table_names(cursor) if table != "django_migrations"]
        return {
            table: sorted(column.name for column in look.get_table_description(cursor, table))
            for table in sorted(tables)
        }


def stored(model: type[models.Model], alias: str) -> list[dict[str, object]]:
    """Every row, with each value as JSON can hold it."""
    rows = model._base_manager.using(alias).order_by("pk")
    return [{field.attname: written(field, row) for field in model._meta.concrete_fields} for row in rows]


def written(field: "models.Field[object, object]", row: models.Model) -> object:
    value = getattr(row, field.attname)
    return value if isinstance(value, str | int | None) else field.value_to_string(row)


def put_back(rows: Rows, old: list[type[models.Model]], alias: str) -> None:
    """Write the rows into the tables as they were then; foreign keys are looked at when all are there."""
    with transaction.atomic(using=alias):
        for model in old:
            fields = {field.attname: field for field in model._meta.concrete_fields}
            for row in rows.get(model._meta.label_lower, []):
                values = {name: fields[name].to_python(value) for name, value in row.items()}
                model._base_manager.using(alias).bulk_create([model(**values)])
