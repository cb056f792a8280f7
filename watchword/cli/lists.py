# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword lists ...`: the lists that people are compared with, on a shelf that is a directory.

Exit codes: 0 done, whatever was not understood is in the report; 1 it could not be done, with the reason, and
what was there before is still there; 2 the command was not understood.
"""

import argparse
import sys
from pathlib import Path

from watchword.core.refusals import Refused

SHELF = Path("watchword-lists")


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    lists = commands.add_parser(
        "lists",
        help="add, update and show the lists to compare with",
        description="Lists are files that you have downloaded or received; nothing is fetched from anywhere.",
        epilog="Exit codes: 0 done; 1 it could not be done, and nothing has changed; 2 not understood.",
    )
    verbs = lists.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add(verbs.add_parser("add", help="a new list, from its files"))
    _update(verbs.add_parser("update", help="a new version of a list, from its files, with what changed"))
    _show(verbs.add_parser("show", help="every list, or one in full"))
    _remove(verbs.add_parser("remove", help="take a list off the shelf"))
    template = verbs.add_parser("template", help="print a description of a list, to be filled in")
    template.set_defaults(run=run)


def _shelf(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--shelf",
        type=Path,
        default=SHELF,
        metavar="DIR",
        help=f"the directory of the lists (default: {SHELF}; the Desk reads the one called lists in its own)",
    )
    verb.set_defaults(run=run)


def _add(add: argparse.ArgumentParser) -> None:
    add.add_argument("id", help="small letters, digits and hyphens; ofac-sdn, un-sc, eu-fsf are known")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help="all files of the list together")
    add.add_argument("--format", metavar="FORMAT", help="when it is not recognised by itself")
    add.add_argument(
        "--description",
        type=Path,
        metavar="FILE.toml",
        help="title, polarity and note, and for a CSV of one's own what its columns hold",
    )
    _shelf(add)


def _update(update: argparse.ArgumentParser) -> None:
    update.add_argument("id")
    update.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="none: only build the index of names again"
    )
    update.add_argument(
        "--smaller", action="store_true", help="it is right that more than half of the people are gone"
    )
    _shelf(update)


def _show(show: argparse.ArgumentParser) -> None:
    show.add_argument("id", nargs="?")
    show.add_argument("--verify", action="store_true", help="read every byte and compare the checksums")
    _shelf(show)


def _remove(remove: argparse.ArgumentParser) -> None:
    remove.add_argument("id")
    _shelf(remove)


def run(args: argparse.Namespace) -> int:
    # Imported here: the engine takes a second to load, which no other command should wait for.
    from watchword.cli import lists_work

    try:
        lists_work.VERBS[args.verb](args)
    except Refused as refused:
        print(f"watchword: {refused}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"watchword: {error.filename or 'the shelf'}: {error.strerror}", file=sys.stderr)
        return 1
    return 0
