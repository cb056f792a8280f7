# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest make | sign | check`: the list of addresses and keys, and who vouches for it.

Three machines, because three people: the Desk makes a draft with the keys of today, each officer signs it on
a machine of their own that needs nothing but this program and one root's file, and anybody checks it.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from watchword.cli import directory, manifest_check, manifest_make, manifest_sign, serve
from watchword.cli.directory import Unusable
from watchword.cli.founding_answers import CannotFound
from watchword.trust.manifest import Untrusted


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("manifest", help="make, sign or check the list of addresses and keys")
    steps = command.add_subparsers(dest="step", required=True, metavar="STEP")
    make = steps.add_parser("make", help="at the Desk: write a draft with the keys of today")
    make.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
    make.add_argument(
        "--address", action="append", help="an address of the Gate, in place of the present ones"
    )
    make.add_argument("--days", type=int, default=manifest_make.DAYS, help="how long it is in force")
    make.add_argument("-o", "--output", type=Path, required=True, help="where to write the draft")
    make.set_defaults(run=run_make)
    sign = steps.add_parser("sign", help="where a root is kept: read a draft, and sign it")
    sign.add_argument("draft", type=Path, help="what `make` wrote, or what another officer has signed")
    sign.add_argument("--root", type=Path, required=True, help="the root's key file")
    sign.add_argument("--before", type=Path, help="the manifest in force now, to see what changes")
    sign.add_argument("--yes", action="store_true", help="sign without asking")
    sign.add_argument("-o", "--output", type=Path, required=True, help="where to write; may be the same file")
    sign.set_defaults(run=run_sign)
    check = steps.add_parser("check", help="anywhere: who signed it, what it says, and the mark of the roots")
    check.add_argument("file", type=Path, help="a manifest, such as manifest.note or the Gate's list.txt")
    check.add_argument("--dir", type=Path, help="believe the roots of this program's directory")
    check.add_argument("--root", action="append", default=[], help="a root's public key; give all of them")
    check.add_argument("--needed", type=int, default=2, help="how many must sign (default: 2)")
    check.add_argument(
        "--language", default="en", choices=("en", "uk", "ru"), help="of the words of the mark"
    )
    check.set_defaults(run=run_check)


def run_make(args: argparse.Namespace) -> int:
    return complaining(lambda: make(args))


def run_sign(args: argparse.Namespace) -> int:
    return complaining(lambda: manifest_sign.run(args))


def run_check(args: argparse.Namespace) -> int:
    return complaining(lambda: manifest_check.run(args))


def make(args: argparse.Namespace) -> int:
    directory.check("desk", args.dir)
    serve.prepare("desk", args.dir)
    return manifest_make.run(args)


def complaining(step: Callable[[], int]) -> int:
    """Run one step; what a person did wrong is told in a sentence, on the second channel."""
    try:
        return step()
    except (Unusable, CannotFound, Untrusted, OSError, UnicodeDecodeError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
