# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword matcher ...`: the process that finds second applications, and those who open its key."""

import argparse
import sys
from pathlib import Path

from watchword.core.refusals import Refused
from watchword.core.sealing.errors import SealingError

NEEDED = 2


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("matcher", help="the process that finds second applications, and its key")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = _verb(verbs, "init", "make a key, each share sealed to one custodian")
    make.add_argument("--needed", type=int, default=NEEDED, help=f"shares that open it (default: {NEEDED})")
    make.add_argument("--to", action="append", required=True, metavar="age1pq1...", help="a custodian's key")
    _verb(verbs, "run", "start it; it is locked until it is unlocked")
    unlock = _verb(verbs, "unlock", "open one's own share and hand it over")
    pass_on = _verb(verbs, "pass-on", "give one's own share to a successor; all else stays as it is")
    pass_on.add_argument("--to", required=True, metavar="age1pq1...", help="the successor's key")
    others = _verb(verbs, "replace", "name new custodians; with enough who name the same, old shares end")
    others.add_argument("--needed", type=int, default=NEEDED, help=f"shares that open it (default: {NEEDED})")
    others.add_argument("--to", action="append", required=True, metavar="age1pq1...", help="each of them")
    for verb in (unlock, pass_on, others):
        verb.add_argument("-i", "--identity", type=Path, required=True, help="a custodian's identity file")
    _verb(verbs, "state", "say whether it is locked")
    _verb(verbs, "lock", "make it forget its key until it is unlocked again")
    _verb(verbs, "rotate", "put a new secret on top of the old ones, for the same custodians")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told)
    verb.add_argument("--dir", type=Path, required=True, help="the matcher's own folder")
    verb.add_argument("--socket", type=Path, help="where it listens (default: in its folder)")
    verb.set_defaults(run=run)
    return verb


def run(args: argparse.Namespace) -> int:
    from watchword.cli import matcher_work

    try:
        if args.verb in matcher_work.DONE:
            matcher_work.DONE[args.verb](args)
        else:
            print(matcher_work.said(matcher_work.ANSWERED[args.verb](args)))
    except (Refused, SealingError, OSError, UnicodeDecodeError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    return 0
