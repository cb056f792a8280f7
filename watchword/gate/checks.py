# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate that cannot protect what is written takes nothing: what is checked at start and on each page."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection

from watchword import trust
from watchword.core.procedure import ProfileError
from watchword.core.refusals import NotFound
from watchword.profiles import load
from watchword.trust.manifest import Untrusted

# Settings that name a private key or an opened store. At the Gate none of them exists.
DESK_ONLY = (
    "WATCHWORD_COURIER_KEY",
    "WATCHWORD_DESK_KEY",
    "WATCHWORD_KEYSTORE_DIR",
    "WATCHWORD_KEYSTORE_ROOT_DIR",
    "WATCHWORD_LEDGER_DIR",
    "WATCHWORD_LEDGER_KEY",
    "WATCHWORD_VAULT_DIR",
)
# How the private keys of this house look on a disk.
KEY_MARKS = (b"AGE-SECRET-KEY-", b'"ed25519"', b'"mldsa44"', b"PRIVATE KEY")
LARGEST_KEY_FILE = 64 * 1024


def unprotected() -> str:
    """Why this Gate cannot protect what is written now, for its operator; empty when it can."""
    try:
        manifest = trust.current()
    except Untrusted as reason:
        return str(reason)
    if manifest.profile != settings.WATCHWORD_PROFILE:
        return f"the manifest is for the profile {manifest.profile}, not {settings.WATCHWORD_PROFILE}"
    return ""


@register()
def gate_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """Refuse to start a Gate with a private key in sight, or without a manifest to seal to."""
    if settings.WATCHWORD_PROGRAM != "gate":
        return []
    return [*_keys_in_sight(), *_manifest()]


def _manifest() -> Iterator[CheckMessage]:
    reason = unprotected()
    if reason:
        yield Error(
            f"The Gate has no keys to seal to: {reason}.",
            hint="Have two roots sign one (`watchword manifest`), and copy it here as manifest.note.",
            id="gate.E001",
        )
    elif missing := sorted(_seats() - trust.current().roles.keys()):
        yield Error(
            f"The manifest has no key for: {', '.join(missing)}. Nothing could be given into custody.",
            hint="Have each custodian make the key of the seat, and two roots sign a manifest with them.",
            id="gate.E004",
        )


def _seats() -> frozenset[str]:
    try:
        custody = load(settings.WATCHWORD_PROFILE).custody
    except (NotFound, ProfileError):
        # Said by the check that both programs have.
        return frozenset()
    return frozenset(custody.seats if custody else ())


def _keys_in_sight() -> Iterator[CheckMessage]:
    for name in DESK_ONLY:
        if getattr(settings, name, None):
            yield Error(f"{name} is set: it belongs to the Desk alone.", id="gate.E002")
    # SQLite's locks end as soon as anything in this process closes one of its files. Another program that
    # then looks into the database, like a backup, would take the log away from under the running Gate.
    database = {f"{connection.settings_dict['NAME']}{end}" for end in ("", "-wal", "-shm", "-journal")}
    for path in sorted(Path(settings.WATCHWORD_DIR).rglob("*")):
        if str(path) not in database and _is_a_key(path):
            yield Error(
                f"{path} holds a private key. A Gate that can be seized must not have one.",
                hint="Move it to the Desk, and replace the key: it has been on a public machine.",
                id="gate.E003",
            )


def _is_a_key(path: Path) -> bool:
    if not path.is_file() or path.stat().st_size > LARGEST_KEY_FILE:
        return False
    content = path.read_bytes()
    return any(mark in content for mark in KEY_MARKS)
