# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword profile check`: for whoever writes an organisation's procedure, before anybody follows it.

Exit codes: 0 nothing is wrong; 1 something is, a line for each fault; 2 the command was not understood.
"""

import argparse
import sys
from pathlib import Path


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    profile = commands.add_parser(
        "profile",
        help="check an organisation's procedure (see docs/how-to/set-up-another-organisation.md)",
        description="Nothing is installed or sent: the files of a profile are read.",
        epilog="Exit codes: 0 nothing is wrong; 1 something is, with file and line; 2 not understood.",
    )
    verbs = profile.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="say every fault with its file and line, and what to do")
    check.add_argument(
        "what",
        nargs="?",
        metavar="DIR|PROFILE",
        help="the folder of a profile, or one that comes along; all of these when left out",
    )
    check.add_argument(
        "--answers", type=Path, metavar="FILE", help="also: are there enough people in these answers of init?"
    )
    check.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    from watchword.cli import profile_check

    found, told = profile_check.check(args.what, args.answers)
    for line in found:
        print(line)
    print(told, file=sys.stderr)
    return 1 if found else 0
