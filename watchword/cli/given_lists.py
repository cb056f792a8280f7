# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists that somebody named on the command line: a directory of them, or files as they were published."""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from watchword.core.refusals import WrongState, sentence
from watchword.core.screening.loaders import Format, detect
from watchword.core.screening.loaders.formats import GLANCE
from watchword.core.screening.record import Polarity
from watchword.watchlists import Shelf

NOTE = {
    "en": "Given as a file; what being on it means was not said.",
    "uk": "Подано як файл; що означає бути в цьому списку, не сказано.",
    "ru": "Дан как файл; что значит быть в этом списке, не сказано.",
}


@contextmanager
def shelf_of(paths: Sequence[Path]) -> Iterator[Shelf]:
    """The shelf of a directory; or one of the files, grouped by format, which is gone afterwards."""
    if len(paths) == 1 and paths[0].is_dir():
        yield _filled(Shelf(paths[0]), paths[0])
        return
    groups: dict[Format, list[Path]] = defaultdict(list)
    for path in paths:
        groups[_format(path)].append(path)
    with tempfile.TemporaryDirectory(prefix="lists-", dir=Path.cwd()) as folder:
        shelf = Shelf(Path(folder))
        for kind, files in groups.items():
            _add(shelf, kind, files)
        yield shelf


def _filled(shelf: Shelf, directory: Path) -> Shelf:
    if not shelf.lists():
        raise WrongState(
            sentence(
                "There is no list in %(directory)s: `watchword lists add` brings one.", directory=directory
            )
        )
    return shelf


def _format(path: Path) -> Format:
    with path.open("rb") as stream:
        kind = detect(stream.read(GLANCE))
    if kind is None:
        raise WrongState(
            sentence(
                "The format of %(file)s is not known here; `watchword lists add` takes any CSV by a mapping.",
                file=path.name,
            )
        )
    return kind


def _add(shelf: Shelf, kind: Format, files: Sequence[Path]) -> None:
    built = shelf.add(
        kind.value,
        files,
        format=kind,
        title=dict.fromkeys(NOTE, kind.value),
        polarity=Polarity.NEUTRAL,
        note=NOTE,
        today=datetime.now(UTC).date(),
    )
    print(f"{kind.value}: {built.people} people, {built.complaints} complaints", file=sys.stderr)
