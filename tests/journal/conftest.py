# SPDX-License-Identifier: AGPL-3.0-or-later
"""A ledger of the test's own, and two people who act in it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from watchword.core.sealing import primitives
from watchword.journal import selectors, sequencer, services
from watchword.journal.events import Event
from watchword.journal.keyfile import LogKey
from watchword.journal.tilelog import TileLog

NOW = datetime(2026, 11, 22, 9, 30, 12, tzinfo=UTC)
DOV = "d0" * 16


@dataclass(frozen=True)
class Actor:
    """Somebody who signs; the seed of the key is known to the test."""

    id: str
    seed: bytes

    @property
    def session_public(self) -> bytes:
        return primitives.ed25519_public(self.seed)

    def sign(self, message: bytes) -> bytes:
        return primitives.ed25519_sign(self.seed, message)


ADA, BEN = Actor("ad" * 16, b"a" * 32), Actor("be" * 16, b"b" * 32)


@pytest.fixture
def key(tmp_path: Path, settings: Settings) -> LogKey:
    """An empty ledger where the settings say that it is; returns its key."""
    settings.WATCHWORD_LEDGER_DIR = tmp_path / "ledger"
    settings.WATCHWORD_LEDGER_KEY = tmp_path / "keys" / "ledger.key"
    settings.WATCHWORD_KEYSTORE_DIR = tmp_path / "keystore"
    settings.WATCHWORD_KEYSTORE_ROOT_DIR = tmp_path / "keystore" / "root"
    return services.create_log(
        settings.WATCHWORD_LEDGER_DIR, settings.WATCHWORD_LEDGER_KEY, "ledger.example/tests"
    )


@pytest.fixture
def log(key: LogKey, settings: Settings) -> TileLog:
    """The log itself, as the journal opens it."""
    return sequencer.tile_log(selectors.ledger_directory(), Path(settings.WATCHWORD_LEDGER_KEY))


def note(actor: Actor = ADA, case: str | None = DOV, **payload: str | int) -> str:
    """Record that a stage changed, in a transaction of its own; returns the nonce."""
    with transaction.atomic():
        recorded = services.record(
            Event.CASE_STAGE, signer=actor, case=case, payload=payload or {"to": "vetting"}, at=NOW
        )
    return recorded.nonce
