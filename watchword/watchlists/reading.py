# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first half of making a version: the files of a source become a record file and a report.

What is finished is marked by ``read.json``, with the digests of the files. Whoever makes the same version
again after something killed it goes on from there; a half that was cut short itself is made anew.
"""

import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.loaders import (
    GLANCE,
    Complaint,
    Format,
    Source,
    Tally,
    Unreadable,
    detect,
    read,
)
from watchword.watchlists import repeats
from watchword.watchlists.description import Description
from watchword.watchlists.files import digest, remove, write_whole
from watchword.watchlists.progress import Progress, Report
from watchword.watchlists.records import RecordWriter
from watchword.watchlists.versions import COMPLAINTS

if TYPE_CHECKING:  # the type of any buffer has its home in Python itself from 3.12 on
    from typing_extensions import Buffer

READ = "read.json"
EVERY = 1000
# A file with more complaints than this is another kind of file; the report must not fill the disk.
MOST_COMPLAINTS = 100_000


@dataclass
class Outcome:
    """What was read, as ``read.json`` keeps it."""

    source: list[list[str | int]]
    format: str
    people: int = 0
    names: int = 0
    complaints: int = 0
    others: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)


class Counted(io.RawIOBase):
    """A file that says how many of its bytes were read."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer", /) -> int:
        count = self._file.readinto(buffer)
        self.done += count
        return count

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def close(self) -> None:
        self._file.close()
        super().close()


def settled_format(paths: Sequence[Path], description: Description) -> Format:
    """The format that all the files have; raises ``Unreadable`` when that cannot be told."""
    if description.format is not None:
        return description.format
    found = set()
    for path in paths:
        with path.open("rb") as file:
            kind = detect(file.read(GLANCE))
        if kind is None:
            raise Unreadable(
                sentence("The format of %(file)s is not recognised; name it, or map it.", file=path.name)
            )
        found.add(kind)
    if len(found) != 1:
        raise Unreadable(sentence("These files differ in format: %(found)s.", found=", ".join(sorted(found))))
    return found.pop()


def read_into(
    directory: Path, paths: Sequence[Path], description: Description, progress: Progress
) -> Outcome:
    """Fill ``directory``, or find it filled from the same files; raises ``Unreadable`` and leaves no half."""
    kind = settled_format(paths, description)
    outcome = Outcome([[path.name, path.stat().st_size, digest(path)] for path in paths], kind.value)
    earlier = finished(directory)
    if earlier is not None and (earlier.source, earlier.format) == (outcome.source, outcome.format):
        return earlier
    remove(directory)
    directory.mkdir(parents=True)
    _fill(directory, paths, outcome, description, progress)
    if not outcome.people:
        raise Unreadable(sentence("Not one person was found in this."))
    write_whole(directory / READ, json.dumps(asdict(outcome), ensure_ascii=False))
    return outcome


def finished(directory: Path) -> Outcome | None:
    """What was read into this directory, if reading ended."""
    path = directory / READ
    return Outcome(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _fill(
    directory: Path, paths: Sequence[Path], outcome: Outcome, description: Description, progress: Progress
) -> None:
    streams = [Counted(path) for path in paths]
    sources = [Source(path.name, io.BufferedReader(s)) for path, s in zip(paths, streams, strict=True)]
    total = sum(path.stat().st_size for path in paths) * (2 if outcome.format == Format.OFAC_XML else 1)
    tally, writer = Tally(), RecordWriter(directory)
    with (directory / COMPLAINTS).open("w", encoding="utf-8") as report:
        try:
            for item in read(Format(outcome.format), sources, tally, description.columns):
                if isinstance(item, Complaint):
                    _complain(item, outcome, report)
                    continue
                writer.add(item)
                if writer.people % EVERY == 0:
                    progress(Report("read", sum(s.done for s in streams), total, writer.people))
            writer.finish()
        finally:
            writer.close()
            for source in sources:
                source.stream.close()
        for complaint in repeats.settle(directory):
            _complain(complaint, outcome, report)
    outcome.people, outcome.names = writer.people - len(repeats.twice(directory)), writer.names
    outcome.others, outcome.unread = _plain(tally.others), _plain(tally.unread)
    outcome.countries = _plain(tally.countries)


def _complain(complaint: Complaint, outcome: Outcome, report: io.TextIOBase) -> None:
    outcome.complaints += 1
    if outcome.complaints > MOST_COMPLAINTS:
        raise Unreadable(sentence("More than %(count)s places were not understood.", count=MOST_COMPLAINTS))
    report.write(f"{complaint}\n")


def _plain(counter: Counter[str]) -> dict[str, int]:
    return dict(counter.most_common())


def check_not_shrunk(before: int, now: int) -> None:
    """A list that lost half of its people was not received whole, unless somebody says that it is so."""
    if now * 2 < before:
        raise WrongState(
            sentence(
                "The new version has %(now)s people, the one before had %(before)s. If that is right, say"
                " that it may be smaller.",
                now=now,
                before=before,
            )
        )
