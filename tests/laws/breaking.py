# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tools of those who try to break a law: raw SQL, refusals of the database, a copy of everything stored."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from watchword.decisions.guards import GUARDS

DESK_APPS = (
    "accounts",
    "cases",
    "custody",
    "decisions",
    "journal",
    "matching",
    "oversight",
    "screening",
    "vault",
    "vetting",
)


def our_own_words() -> set[str]:
    """What a refusal on purpose says: a guard of ours, or a constraint that we named."""
    named = {
        constraint.name
        for name in DESK_APPS
        for model in apps.get_app_config(name).get_models()
        for constraint in model._meta.constraints
    }
    return named | {guard.message for guard in GUARDS}


@contextmanager
def refused_by_the_database(attempt: str) -> Iterator[None]:
    """The write fails inside the database, by a law and not by accident; the test's transaction lives on."""
    refusal = ""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = str(error)
    assert refusal, f"the database let it pass: {attempt}"
    assert any(words in refusal for words in our_own_words()), f"{attempt}: {refusal}"


def insert(table: str, row: Mapping[str, Any]) -> None:
    """Write a row past Django."""
    columns = ", ".join(row)
    holes = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({holes})", list(row.values()))


def change(table: str, column: str, value: Any, uid: str) -> None:
    """Change a row past Django."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE uid = %s", [value, uid])


def row_of(one: models.Model, **changed: Any) -> dict[str, Any]:
    """The columns of a row, ready to be written again under another uid."""
    columns = {
        str(field.column): field.get_db_prep_save(field.value_from_object(one), connection)
        for field in one._meta.concrete_fields
    }
    return columns | {"uid": "f" * 32} | changed


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the Desk, as the database says it: past Django, which would take long."""
    found = {}
    with connection.cursor() as cursor:
        for model in (model for name in DESK_APPS for model in apps.get_app_config(name).get_models()):
            table, key = (connection.ops.quote_name(name) for name in _table_of(model))
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
            found[model._meta.label] = cursor.fetchall()
    return found


def _table_of(model: type[models.Model]) -> tuple[str, str]:
    key = model._meta.pk
    assert key is not None
    return model._meta.db_table, str(key.column)
