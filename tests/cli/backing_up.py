# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Desk whose records are copied, erased and restored, in one process of its own.

Started by test_backup.py as ``python -m tests.cli.backing_up HOME LOGIN CODE``.
"""

import sys
from pathlib import Path

from tests.cli import rewrapping
from watchword.cli.main import main

RECORDS = rewrapping.RECORDS


def command(*words: str | Path) -> None:
    """Run it, and end where it does not do what it should."""
    if main([str(word) for word in words]):
        sys.exit(1)


def run(home: Path, login: str, code: str) -> None:
    desk, copies, stores = home / "desk", home / "copies", home / "stores"
    rewrapping.fill(home, login, code)
    command("backup", "keys", "--dir", desk, "-o", home / "shares")
    command("backup", "desk", "--dir", desk, "--to", copies)
    command("backup", "keystore", "--dir", desk, "--to", stores)
    shares = [word for number in (1, 3) for word in ("--share", home / "shares" / f"share-{number}.json")]
    command("backup", "drill", "--copies", copies, "--keystore", stores, *shares, "--dir", home / "drill")
    from watchword.vault.services import erase

    erase(case=f"{0:032x}")
    command("backup", "keystore", "--dir", desk, "--to", stores, "--keep-days", "-1")
    command("restore", "--copies", copies, *shares, "--dir", home / "restored")


if __name__ == "__main__":
    run(Path(sys.argv[1]), *sys.argv[2:])
