# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which procedure an organisation is founded with: one that comes along, or a folder of its own."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from watchword.cli.founding_answers import CannotFound
from watchword.cli.profile_check import check, chosen
from watchword.core.procedure import Profile
from watchword.core.procedure.tables import NAME
from watchword.profiles.loading import OWN


@dataclass(frozen=True)
class ChosenProfile:
    """A sound profile; ``folder`` is set for one that must be laid into the programs' directories."""

    profile: Profile
    folder: Path | None

    def lay_into(self, directories: Iterable[Path]) -> None:
        """Copy the organisation's own files to where each program looks for them, whole or not at all."""
        for directory in directories if self.folder else ():
            target = directory / OWN / self.profile.name
            if not target.exists():
                part = directory / f".{self.profile.name}.part"
                shutil.rmtree(part, ignore_errors=True)
                shutil.copytree(self.folder or target, part)
                target.parent.mkdir(exist_ok=True)
                part.rename(target)


def laid(directory: Path, what: str) -> str:
    """The copy of a folder that was laid into a program's directory before, or what was named itself."""
    copy = directory / OWN / Path(what).name
    return str(copy) if copy.is_dir() else what


def choose(what: str) -> ChosenProfile:
    """The profile of this name or folder; CannotFound with every fault of its files."""
    folder = Path(what).resolve() if Path(what).is_dir() else None
    if folder and not NAME.match(folder.name):
        raise CannotFound(
            f"{folder.name!r} cannot be the name of a profile: small letters, digits and hyphens"
        )
    found, told = check(what)
    if found:
        raise CannotFound("\n".join(["the procedure cannot be followed:", *found, told]))
    return ChosenProfile(chosen(what).profile, folder)
