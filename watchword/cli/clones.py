# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword clones check`: whether a copy of the register of false sites is what the Desk signed."""

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchword.cli import manifest_check
from watchword.trust import clones
from watchword.trust.letter import Forged
from watchword.trust.manifest import Untrusted, believe

# The Desk signs it anew every week; a missed week is forgiven.
STALE = timedelta(days=14)


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("clones", help="check a copy of the register of false sites")
    parts = command.add_subparsers(dest="part", required=True, metavar="PART")
    check = parts.add_parser("check", help="who signed it, when, and what is in it")
    check.add_argument("file", type=Path, help="such as the Gate's clones.txt")
    check.add_argument("--manifest", type=Path, required=True, help="such as the Gate's list.txt")
    check.add_argument("--dir", type=Path, help="believe the roots of this program's directory")
    check.add_argument("--root", action="append", default=[], help="a root's public key; give all of them")
    check.add_argument("--needed", type=int, default=2, help="how many of the roots must sign (default: 2)")
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        roots, needed = manifest_check.believed(args)
        manifest = believe(args.manifest.read_bytes(), roots, needed)
        register = clones.read(args.file.read_bytes(), manifest)
    except (Untrusted, Forged, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    print(f"Genuine: the Desk of {manifest.title} signed version {register.version} on {register.signed}.")
    for clone in sorted(register.clones):
        print(f"  {clone.day}  {clone.address}")
    if datetime.now(UTC).date() - register.signed > STALE:
        print("It is older than two weeks: ask for a newer one, and doubt the site that shows this one.")
        return 1
    return 0
