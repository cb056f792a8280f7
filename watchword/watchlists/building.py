# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making one version of a list: read the files, compare with the version before, index, swap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from watchword.core import names
from watchword.watchlists import delta, indexing, reading, versions
from watchword.watchlists.delta import Delta
from watchword.watchlists.description import Description
from watchword.watchlists.files import digest
from watchword.watchlists.progress import Progress
from watchword.watchlists.records import PEOPLE
from watchword.watchlists.versions import BUILDING, Version


@dataclass(frozen=True)
class Job:
    """What is to be made: a version of the list in ``home`` from these files."""

    home: Path
    paths: Sequence[Path]
    description: Description
    today: date
    progress: Progress
    smaller: bool = False

    @property
    def building(self) -> Path:
        """Where it is made."""
        return self.home / BUILDING


def build(job: Job, before: Version | None) -> Version:
    """Make the version after ``before``, ready to be swapped in; nothing that can be seen changes yet.

    Raises ``WrongState`` for files that cannot be read, and for a list that lost more than half of its people
    unless the job says that it may.
    """
    read = reading.read_into(job.building, job.paths, job.description, job.progress)
    if before is not None and not job.smaller:
        reading.check_not_shrunk(before.people, read.people)
    number = 1 if before is None else before.number + 1
    differs = _compared(job, before, number)
    indexing.index(job.building, job.progress)
    built = Version(
        number=number,
        added=job.today,
        people=read.people,
        names=read.names,
        complaints=read.complaints,
        delta=differs,
        table_version=names.TABLE_VERSION,
        digest=digest(job.building / PEOPLE),
        files=read.source,
        others=read.others,
        unread=read.unread,
        countries=read.countries,
    )
    versions.write_facts(job.building, built)
    return built


def _compared(job: Job, before: Version | None, number: int) -> Delta:
    if before is None:
        return delta.first(job.building, number)
    return delta.between(versions.directory_of(job.home, before.number), job.building, number)
