# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matcher's own record of what it was asked: written to the disk before it answers, and only ever longer.

Each line holds the hash of the line before, so that one taken out or changed shows. A whole tail cut off
shows only beside the Desk's ledger, which has an entry for every question too.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import sha256

FILE = "asked.log"
_FIRST = "0" * 64


class Diary:
    """Appends lines to one file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._last = [_FIRST, *(mark for _, mark in _lines(self._file))][-1]

    def write(self, act: str, case: str, at: datetime) -> None:
        """One line: what was asked, about which case, in which minute. On the disk when this returns."""
        told = {"act": act, "at": at.isoformat(timespec="minutes"), "before": self._last, "case": case}
        line = json.dumps(told, sort_keys=True)
        with self._file.open("a", encoding="ascii") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._last = _hash(line)


def read(folder: Path) -> list[dict[str, str]]:
    """All lines, oldest first; WrongState when one is missing or was changed."""
    return [told for told, _ in _lines(folder / FILE)]


def _lines(file: Path) -> Iterator[tuple[dict[str, str], str]]:
    before = _FIRST
    for line in file.read_text(encoding="ascii").splitlines() if file.exists() else ():
        try:
            told = json.loads(line)
            unbroken = told["before"] == before
        except (ValueError, KeyError, TypeError):
            unbroken = False
        if not unbroken:
            raise WrongState(sentence("The matcher's record of questions was altered."))
        before = _hash(line)
        yield told, before


def _hash(line: str) -> str:
    return sha256(line.encode()).hex()
