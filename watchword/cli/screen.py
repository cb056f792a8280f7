# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword screen`: people against lists, or labelled pairs of people, explained row by row.

Exit codes: 0 all rows were screened and nobody was found (or `pairs` was done); 3 somebody was found;
1 the work could not be done, with the reason; 2 the command was not understood.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from watchword.cli.speech import LANGUAGES
from watchword.core.refusals import Refused


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    screen = commands.add_parser(
        "screen",
        help="compare people with lists, and say why",
        description="`screen PEOPLE.csv --against LISTS` looks for each row of a table in the lists;"
        " `screen pairs PAIRS.csv` compares the two people of each row. Nothing leaves this machine.",
        epilog="Exit codes: 0 nobody found, or the pairs are done; 3 somebody found; 1 it could not be done.",
    )
    screen.add_argument("what", nargs="+", metavar="FILE", help="PEOPLE.csv, or the word pairs and PAIRS.csv")
    screen.add_argument(
        "--against",
        nargs="+",
        type=Path,
        metavar="LISTS",
        help="a directory filled by `watchword lists add`, or files of lists as they were published",
    )
    screen.add_argument("-o", "--output", type=Path, help="write here instead of to the terminal")
    screen.add_argument("--format", choices=("csv", "json"), default="csv")
    screen.add_argument("--at-least", type=_share, default=0.3, metavar="P", help="lowest probability shown")
    screen.add_argument("--limit", type=_positive, default=10, metavar="N", help="most hits a person")
    screen.add_argument(
        "--prior", type=_share, metavar="P", help="chance of a match before anything is compared"
    )
    screen.add_argument("--language", choices=LANGUAGES, default="en", help="of the reasons")
    screen.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        with _target(args.output) as target:
            if args.what[0] == "pairs" and len(args.what) == 2:
                # Imported here: the engine takes a second to load, which no other command should wait for.
                from watchword.cli import screen_pairs

                return screen_pairs.run(Path(args.what[1]), args, target)
            if len(args.what) == 1 and args.against:
                from watchword.cli import screen_people

                return screen_people.run(Path(args.what[0]), args, target)
    except BrokenPipeError:  # whoever read our output has seen enough
        return 1
    except (Refused, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    print("watchword: say `screen PEOPLE.csv --against LISTS` or `screen pairs PAIRS.csv`", file=sys.stderr)
    return 2


@contextmanager
def _target(path: Path | None) -> Iterator[TextIO]:
    """The terminal, or a file that gets its name only when it is whole, and that nobody else may read."""
    if path is None:
        yield sys.stdout
        return
    partial = path.with_name(path.name + ".partial")
    try:
        with open(partial, "w", encoding="utf-8", newline="", opener=_private) as out:
            yield out
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _share(text: str) -> float:
    value = float(text)
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError("a number between 0 and 1")
    return value


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("a whole number from 1")
    return value
