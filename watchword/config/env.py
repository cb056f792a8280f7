# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a program's settings: typed, loud, from the environment and one file beside its data."""

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

SETTINGS_FILE = "settings.env"

Database = dict[str, object]


def program_directory() -> Path:
    """The directory of this program's data; everything else is found from it."""
    value = os.environ.get("WATCHWORD_DIR")
    if not value:
        raise ImproperlyConfigured(
            "WATCHWORD_DIR is not set. It names the directory of this program's data, which"
            " `watchword init` makes. Start programs with `watchword run gate --dir DIR` or"
            " `watchword run desk --dir DIR`, which set it for you."
        )
    return Path(value).resolve()


def read(directory: Path) -> Env:
    """The environment, completed by the directory's settings file; the environment wins."""
    env = Env()
    path = directory / SETTINGS_FILE
    if path.is_file():
        env.read_env(str(path), recurse=False)
    return env


def place(value: str, default: Path) -> Path:
    """A folder outside of the program's directory, by its whole path, or the one inside."""
    if value and not Path(value).is_absolute():
        raise ImproperlyConfigured(f"{value} must be a whole path, from the root of the disk.")
    return Path(value) if value else default


def secret(path: Path) -> str:
    """The text of a secret file, refused when other accounts of the machine could read it."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise ImproperlyConfigured(
            f"{path.name} is missing in {path.parent}: run `watchword init`."
        ) from None
    if mode & 0o077:
        raise ImproperlyConfigured(f"{path} can be read by others: run chmod 600 on it.")
    return path.read_text(encoding="ascii").strip()


def origins(hosts: Iterable[str]) -> list[str]:
    """Where forms may come from when a web server with TLS stands in front: to us it speaks plain HTTP."""
    return [f"https://*{host}" if host.startswith(".") else f"https://{host}" for host in hosts]


def database(address: str, default: Path) -> Database:
    """Django's database settings for '' (SQLite at ``default``) or a postgresql:// address."""
    if not address:
        return sqlite(default)
    parts = urlsplit(address)
    if parts.scheme != "postgresql":
        raise ImproperlyConfigured(
            "WATCHWORD_DATABASE must be empty (SQLite beside the data) or postgresql://name@host/database."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def sqlite(path: Path) -> Database:
    """SQLite as we need it: one writer at a time that waits, durable, and deleted rows overwritten."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # Django's default (deferred) answers "database is locked" under two writers.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged survives a power cut, not only a crash.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            " PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;",
        },
    }
