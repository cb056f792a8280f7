# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a file with private keys, as age writes it: in clear, or under a passphrase that is asked for."""

import getpass
from pathlib import Path

from watchword.core.sealing.armor import dearmor
from watchword.core.sealing.envelope import VERSION_LINE
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.scrypt import Passphrase
from watchword.core.sealing.unseal import unseal

_ARMORED = b"-----BEGIN"


def read(path: Path) -> list[Identity]:
    """Every key in it, one a line; a SealingError when it is something else or the passphrase another."""
    raw = path.read_bytes()
    if raw.startswith(_ARMORED):
        raw = dearmor(raw)
    if raw.startswith(VERSION_LINE):
        raw = unseal(raw, [Passphrase(getpass.getpass(f"Passphrase of {path.name}: "))])
    lines = raw.decode("ascii").splitlines()
    return [Identity.parse(line) for line in lines if line and not line.startswith("#")]
