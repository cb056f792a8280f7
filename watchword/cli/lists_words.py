# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `watchword lists` prints: progress on the error stream, a summary that hides nothing on the other."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from watchword.watchlists import Report, Shelf, Version
from watchword.watchlists.progress import Progress

FIRST = 10
STAGES = {"read": "reading", "index": "indexing", "write": "writing the index"}


@contextmanager
def progress() -> Iterator[Progress]:
    """A line that renews itself on a terminal; elsewhere one line for each stage."""
    stages: set[str] = set()
    terminal = sys.stderr.isatty()

    def report(now: Report) -> None:
        words = STAGES.get(now.stage, now.stage)
        if terminal:
            share = f"{100 * now.done // max(now.total, 1):3d} %" if now.total > 1 else ""
            print(f"\r\033[K{words} {share} {now.people:,} people", end="", file=sys.stderr, flush=True)
        elif now.stage not in stages:
            print(f"{words} ...", file=sys.stderr, flush=True)
        stages.add(now.stage)

    try:
        yield report
    finally:
        if terminal and stages:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def summary(shelf: Shelf, name: str, version: Version) -> None:
    """What came of adding or updating."""
    print(f"{name}, version {version.number}: {version.people:,} people, {version.names:,} names.")
    if version.number > 1:
        one = version.delta
        print(f"Since then: {one.added:,} added, {one.changed:,} changed, {one.removed:,} removed.")
    _counts("Not persons, and left out", version.others)
    _counts("Filled, but nothing here compares it", version.unread)
    _counts("Countries not recognised", version.countries)
    _complaints(shelf, name, version)


def _counts(title: str, counts: Mapping[str, int]) -> None:
    if counts:
        first = ", ".join(f"{word} {count:,}" for word, count in islice(counts.items(), FIRST))
        more = f", and {len(counts) - FIRST:,} more kinds" if len(counts) > FIRST else ""
        print(f"{title}: {first}{more}.")


def _complaints(shelf: Shelf, name: str, version: Version) -> None:
    if not version.complaints:
        print("Everything was understood.")
        return
    path = shelf.complaints(name)
    print(f"Not understood: {version.complaints:,} places. All of them are in {path}")
    with path.open(encoding="utf-8") as report:
        for line in islice(report, FIRST):
            print(f"  {line.rstrip()}")


def table(shelf: Shelf, known: Sequence[str]) -> None:
    """A line for each list."""
    lists = shelf.lists()
    if not lists:
        print(f"No list is on the shelf {shelf.directory}. These are well-known: {', '.join(known)}.")
    for facts in lists:
        print(
            f"{facts.id}\tversion {facts.version} of {facts.added}\t{facts.people:,} people\t"
            f"{facts.names:,} names\t{facts.polarity}\t{facts.title['en']}"
        )


def in_full(shelf: Shelf, name: str) -> None:
    """Everything that is kept about one list."""
    said, version = shelf.description(name), shelf.version(name)
    print(f"{said.title['en']}\nPolarity: {said.polarity}\n{said.note['en']}\nAdded {version.added}.")
    for file in version.files:
        print("File: {} ({} bytes, SHA-256 {})".format(*file))
    summary(shelf, name, version)
