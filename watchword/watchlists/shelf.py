# SPDX-License-Identifier: AGPL-3.0-or-later
"""A directory of lists: adding one, bringing one up to date, and opening them all for a search."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from watchword.core import names
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.screening.loaders import Format
from watchword.core.screening.record import Person, Polarity
from watchword.watchlists import description, indexing, opened, versions
from watchword.watchlists.building import Job, build
from watchword.watchlists.description import Description
from watchword.watchlists.files import alone, digest, remove, write_whole
from watchword.watchlists.opened import Opened
from watchword.watchlists.progress import Progress, silent
from watchword.watchlists.records import PEOPLE, Records
from watchword.watchlists.screen import Screen
from watchword.watchlists.versions import DESCRIPTION, Version


@dataclass(frozen=True)
class ListFacts:
    """One list, for those who read it and those who keep it."""

    id: str
    title: Mapping[str, str]
    polarity: Polarity
    note: Mapping[str, str]
    version: int
    people: int
    names: int
    added: date
    complaints: int


class Shelf:
    """The lists below one directory, which is made when the first list is added."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def lists(self) -> tuple[ListFacts, ...]:
        """Every finished list, by id."""
        homes = sorted(self.directory.glob("*/")) if self.directory.is_dir() else []
        return tuple(self._facts(home) for home in homes if versions.has_current(home))

    def _facts(self, home: Path) -> ListFacts:
        said, now = self.description(home.name), self.version(home.name)
        return ListFacts(
            home.name,
            said.title,
            said.polarity,
            said.note,
            now.number,
            now.people,
            now.names,
            now.added,
            now.complaints,
        )

    def description(self, name: str) -> Description:
        """What a list says of itself; raises ``NotFound``."""
        home = self._home(name)
        return description.from_json((home / DESCRIPTION).read_text(encoding="utf-8"))

    def version(self, name: str) -> Version:
        """The current version of a list; raises ``NotFound``."""
        return versions.read_facts(self.current(name))

    def current(self, name: str) -> Path:
        """The directory of the current version; raises ``NotFound``."""
        home = self._home(name)
        return versions.directory_of(home, versions.current_number(home))

    def _home(self, name: str) -> Path:
        home = self.directory / description.check_id(name)
        if not versions.has_current(home):
            raise NotFound(sentence("There is no list called %(name)s.", name=name))
        return home

    def add(
        self,
        name: str,
        paths: Sequence[Path],
        *,
        format: Format | None = None,  # noqa: A002  # the word that everybody has for it
        title: Mapping[str, str],
        polarity: Polarity,
        note: Mapping[str, str],
        mapping: Mapping[str, Any] | None = None,
        today: date,
        progress: Progress = silent,
    ) -> Version:
        """A new list; raises ``WrongState`` when there is one of that id, or the files cannot be read."""
        said = description.described(
            {"title": title, "polarity": polarity, "note": note, "format": format, "mapping": mapping}
        )
        home = self.directory / description.check_id(name)
        if versions.has_current(home):
            raise WrongState(
                sentence("There is a list called %(name)s; bring it up to date instead.", name=name)
            )
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        home.mkdir(exist_ok=True, mode=0o700)
        with alone(home):
            job = Job(home, paths, said, today, progress)
            built = build(job, None)
            write_whole(home / DESCRIPTION, description.to_json(said))
            versions.swap(home, job.building, built)
        return built

    def update(
        self,
        name: str,
        paths: Sequence[Path],
        *,
        today: date,
        progress: Progress = silent,
        smaller: bool = False,
    ) -> Version:
        """A new version of a list from the whole new source, in the format of the first.

        Raises ``NotFound``; and ``WrongState`` when files cannot be read, or more than half of the people are
        gone and ``smaller`` does not say that this is right. The version before stays in force until the end.
        """
        home = self._home(name)
        with alone(home):
            job = Job(home, paths, self.description(name), today, progress, smaller)
            built = build(job, self.version(name))
            versions.swap(home, job.building, built)
        return built

    def rebuild(self, name: str, progress: Progress = silent) -> Version:
        """Index the current version again, as new tables of spelling ask for; its people stay as they are."""
        home = self._home(name)
        with alone(home):
            now = self.current(name)
            indexing.index(now, progress)
            built = replace(self.version(name), table_version=names.TABLE_VERSION)
            versions.write_facts(now, built)
        return built

    def remove(self, name: str) -> None:
        """Take a list off the shelf; whoever searches it at this moment ends in peace."""
        home = self._home(name)
        with alone(home):
            (home / versions.CURRENT).unlink()
            remove(home)

    def open(
        self, changed_since: Mapping[str, int | str] | None = None, *, prior: float | None = None
    ) -> Screen:
        """All lists for a search; or only what changed after these versions, and all of lists not named.

        ``prior`` takes the place of what the length of each list says.
        """
        since = {name: int(version) for name, version in (changed_since or {}).items()}
        lists = (self._opened(one.id, since.get(one.id, 0)) for one in self.lists())
        return Screen([one for one in lists if one is not None], prior)

    def _opened(self, name: str, since: int) -> Opened | None:
        """One list; None when nothing changed. A version that goes away meanwhile is not the current one."""
        while True:
            place = self.current(name)
            try:
                version = versions.read_facts(place)
                if since == 0:
                    return opened.whole(name, place, version)
                return opened.changed(name, place, version, since) if since < version.number else None
            except (OSError, WrongState):
                if self.current(name) == place:
                    raise

    def changes(self, name: str, since: int) -> Iterator[Person]:
        """The people of a list whom versions after ``since`` added or changed."""
        records = Records(self.current(name))
        return (records.person(row) for row in records.changed_after(since).tolist())

    def complaints(self, name: str) -> Path:
        """The report of what was not understood in the current version, a line each."""
        return self.current(name) / versions.COMPLAINTS

    def verify(self, name: str) -> None:
        """Read everything of the current version; raises ``WrongState`` when a byte has changed."""
        place = self.current(name)
        if digest(place / PEOPLE) != versions.read_facts(place).digest:
            raise WrongState(sentence("The records of %(name)s are damaged: add the list again.", name=name))
        opened.whole(name, place, versions.read_facts(place)).verify()
