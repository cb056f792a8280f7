# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lets a founding stop at any line and go on: whole files, and what was decided, kept until the end."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from watchword.cli.founding_answers import CannotFound

DECIDED = "founding.json"


@dataclass(frozen=True)
class Decided:
    """The answers as they were written, and the procedure in the place of theirs: a name or a whole path."""

    answers: str
    profile: str | None

    def check_same(self, home: Path, answers: str | None, profile: str | None) -> None:
        """CannotFound when a founding is asked to go on as another one."""
        if answers not in (None, self.answers) or profile not in (None, self.profile):
            raise CannotFound(
                f"the founding in {home} was begun with other answers;"
                " to go on with those, leave out --answers and --profile"
            )


def begun(home: Path) -> Decided | None:
    """What an unfinished founding in ``home`` was begun with; None where there is none."""
    path = home / DECIDED
    return Decided(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def begin(home: Path, decided: Decided) -> None:
    """Keep what was decided, before anything is made of it; CannotFound where something else lies."""
    path = home / DECIDED
    if not path.exists():
        if {one.name for one in home.iterdir()} - {_part(path).name}:
            raise CannotFound(f"{home} is not empty")
        write_whole(path, json.dumps(asdict(decided)).encode())


def end(home: Path) -> None:
    """The founding is finished: there is nothing to go on with."""
    (home / DECIDED).unlink()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """The folder, for one founding at a time: two would make two of everything."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(home, os.O_RDONLY)
    try:
        _lock(folder, home)
        yield
    finally:
        os.close(folder)


def _lock(folder: int, home: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotFound(f"another `watchword init` is at work in {home}") from None


def write_whole(path: Path, content: bytes) -> None:
    """A file that only its owner may read: whole and on the disk after this, and never half."""
    part = _part(path)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    sync_folder(path.parent)


def write_once(path: Path, make: Callable[[], str]) -> None:
    """A secret that is made once: one that is there already stays as it is."""
    if not path.exists():
        write_whole(path, (make() + "\n").encode("ascii"))


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")
