# SPDX-License-Identifier: AGPL-3.0-or-later
"""The versions of one list on disk: which is current, what each was made of, and the swap to a new one.

::

    eu-fsf/
      list.json         the description
      current           the number of the current version
      0007/             facts.json, complaints.txt, the records, the index
      building/         a version that is being made, or was when something killed it

A reader takes the number in ``current`` and opens that directory; whoever opened the one before keeps it, and
it stays for one more version, so that no reader meets a directory that goes away under its hands.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.watchlists.delta import Delta
from watchword.watchlists.files import remove, sync_directory, sync_files, write_whole

CURRENT, FACTS, BUILDING, DESCRIPTION, COMPLAINTS = (
    "current",
    "facts.json",
    "building",
    "list.json",
    "complaints.txt",
)


@dataclass(frozen=True)
class Version:
    """One version of a list. ``others``, ``unread`` and ``countries`` are the loader's counts.

    ``files`` has for each file of the source its name, size and SHA-256; ``digest`` is that of the records.
    """

    number: int
    added: date
    people: int
    names: int
    complaints: int
    delta: Delta
    table_version: int
    digest: str
    files: list[list[str | int]] = field(default_factory=list)
    others: Mapping[str, int] = field(default_factory=dict)
    unread: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)


def directory_of(home: Path, number: int) -> Path:
    """Where a version lies."""
    return home / f"{number:04d}"


def current_number(home: Path) -> int:
    """The number of the current version; raises ``NotFound`` when the list has none."""
    try:
        return int((home / CURRENT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(sentence("There is no list called %(name)s.", name=home.name)) from None


def has_current(home: Path) -> bool:
    """Whether the list was ever finished."""
    return (home / CURRENT).is_file()


def read_facts(directory: Path) -> Version:
    """The facts of a finished version; raises ``WrongState`` if they are damaged."""
    try:
        table = json.loads((directory / FACTS).read_text(encoding="utf-8"))
        known = {"added": date.fromisoformat(table["added"]), "delta": Delta(**table["delta"])}
        return Version(**{**table, **known})
    except (ValueError, KeyError, TypeError):
        raise WrongState(
            sentence("The records of %(name)s are damaged: add the list again.", name=directory.parent.name)
        ) from None


def write_facts(directory: Path, version: Version) -> None:
    """Write the facts beside the records."""
    table = {**asdict(version), "added": version.added.isoformat()}
    write_whole(directory / FACTS, json.dumps(table, ensure_ascii=False, indent=1))


def swap(home: Path, building: Path, version: Version) -> None:
    """Make a built version the current one, in one step, and forget all but the one before."""
    place = directory_of(home, version.number)
    remove(place)  # left over from a swap that was cut short before its last step
    sync_files(building)
    building.rename(place)
    sync_directory(home)
    before = current_number(home) if has_current(home) else None
    write_whole(home / CURRENT, str(version.number))
    for old in home.glob("[0-9][0-9][0-9][0-9]*"):
        if int(old.name) not in (version.number, before):
            remove(old)
