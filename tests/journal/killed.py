# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run in a process of its own: record and integrate in a folder until killed at a given step of the disk."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings

HOME, FATAL = Path(sys.argv[1]), int(sys.argv[2])

settings.configure(
    INSTALLED_APPS=["watchword.keystore", "watchword.journal"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / "desk.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    },
    USE_TZ=True,
    WATCHWORD_LEDGER_DIR=HOME / "ledger",
    WATCHWORD_LEDGER_KEY=HOME / "ledger.key",
    WATCHWORD_KEYSTORE_DIR=HOME / "keystore",
    WATCHWORD_KEYSTORE_ROOT_DIR=HOME / "keystore" / "root",
)
django.setup()


def say(line: str) -> None:
    """Tell the test at once: the next moment may not come."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    from django.core.management import call_command

    from tests.journal.conftest import ADA, note
    from tests.journal.cut import FailingDisk
    from watchword.core.ledger.entry import parse_entry
    from watchword.journal import sequencer, services
    from watchword.journal.keyfile import read_key_file
    from watchword.journal.models import PendingEntry
    from watchword.journal.tilelog import TileLog

    now = datetime(2026, 11, 22, tzinfo=UTC)
    if not (HOME / "ledger").exists():
        call_command("migrate", verbosity=0)
        services.create_log(HOME / "ledger", HOME / "ledger.key", "ledger.example/killed")
    if FATAL:
        disk = FailingDisk(HOME / "ledger", fatal=FATAL, kill=True)
        log = TileLog.open(disk, read_key_file(HOME / "ledger.key"))
        while True:
            nonce = note(ADA)
            say(f"recorded {nonce}")
            sequencer.integrate(log, timestamp=0)
            say(f"integrated {nonce}")
    services.integrate(now)
    log = sequencer.tile_log(HOME / "ledger", HOME / "ledger.key")
    with log.exclusive():
        for raw in log.entries(0, log.size):
            say(parse_entry(raw).statement.nonce.hex())
    assert list(PendingEntry.objects.values_list("leaf_index", flat=True)) == list(range(log.size))


if __name__ == "__main__":
    main()
