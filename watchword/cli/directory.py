# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program's directory: what must lie in it, and how, before a process becomes that program."""

from collections.abc import Iterator
from pathlib import Path

UNFINISHED = "not-finished.txt"
UNFINISHED_TEXT = (
    "The founding was not finished, and nothing here can be used yet."
    " Go on with: watchword init --dir, and the folder above this one.\n"
)
SETTINGS, FORMS_KEY, KEYS = "settings.env", "forms.key", "keys"
OTHERS = 0o077


class Unusable(Exception):
    """No program can work in this directory, with the reason in a sentence."""


def check(program: str, directory: Path) -> None:
    """Refuse what is missing, unfinished, the other program's, or open to other accounts of this machine."""
    if (directory / UNFINISHED).exists():
        raise Unusable(f"the founding of {directory} was not finished; go on with `watchword init`")
    missing = [name for name in (SETTINGS, FORMS_KEY) if not (directory / name).is_file()]
    if missing:
        raise Unusable(
            f"{directory} is not the directory of a {program}: {missing[0]} is missing."
            " `watchword init` makes one"
        )
    if (directory / KEYS).exists() != (program == "desk"):
        raise Unusable(f"{directory} is the directory of the other program, not of the {program}")
    for path in _secrets(directory):
        if _mode(path) & OTHERS:
            raise Unusable(f"{path} can be read by other accounts of this machine: chmod 600 it")


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        # The key store of a Desk that runs began another epoch in this moment.
        return 0


def _secrets(directory: Path) -> Iterator[Path]:
    yield directory / FORMS_KEY
    yield from sorted((directory / KEYS).glob("*"))
    yield from sorted((directory / "keystore").rglob("*-[0-9]*"))
