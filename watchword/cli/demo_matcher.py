# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's matcher: for two invented custodians whose keys lie beside it, and unlocked at every start."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from watchword.cli import matcher, matcher_work
from watchword.core.refusals import WrongState
from watchword.core.sealing.recipients import Identity
from watchword.matcher import sealed_key, server
from watchword.matcher.client import Client

FOLDER, CUSTODIANS = "matcher", "matcher-custodians"
START_SECONDS = 30


def setting(home: Path) -> dict[str, str]:
    """What the Desk's settings say about it."""
    return {"WATCHWORD_MATCHER": str((home / FOLDER / server.SOCKET).resolve())}


def start(home: Path) -> subprocess.Popen[bytes]:
    """Start it, the first time with a new key, and unlock it."""
    folder, keys = home / FOLDER, home / CUSTODIANS
    if not (folder / sealed_key.FILE).exists():
        make(folder, keys)
    words = ["-m", "watchword.cli.main", "matcher", "run", "--dir", str(folder)]
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            Client(folder / server.SOCKET).state()
        except WrongState:
            time.sleep(0.05)
        else:
            identities = [Identity.parse(key.read_text().strip()) for key in sorted(keys.iterdir())]
            for share in matcher_work.shares_for(folder, identities):
                Client(folder / server.SOCKET).unlock(share)
            return process
    process.terminate()
    raise SystemExit("The matcher did not start; see above for the reason.")


def make(folder: Path, keys: Path) -> None:
    """A key for two custodians, both of whom are needed."""
    custodians = [Identity.generate() for _ in range(matcher.NEEDED)]
    keys.mkdir(mode=0o700)
    for number, custodian in enumerate(custodians, 1):
        (keys / f"custodian-{number}.txt").write_text(f"{custodian}\n")
    to = [str(custodian.recipient) for custodian in custodians]
    matcher_work.init(argparse.Namespace(dir=folder, needed=matcher.NEEDED, to=to))
