# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword retention`: erases what the rules of the procedures say is due today, or tells it beforehand.

The Desk does the same by itself once a day. Exit codes: 0 done; 1 it could not be done, with the reason.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchword.cli import directory, serve
from watchword.core.refusals import Refused


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("retention", help="erase what is due by a rule of the procedure")
    command.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
    command.add_argument("--dry-run", action="store_true", help="tell what is due, and erase nothing")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check("desk", args.dir)
        serve.prepare("desk", args.dir)
        # Only a prepared process may import what reads settings.
        from watchword.accounts.services import courier_actor
        from watchword.cases.selectors import due_by_rule
        from watchword.oversight.services import run_retention

        now = datetime.now(UTC)
        for one in due_by_rule(now.date()):
            print(f"{one.code}  ended {one.ended}  {one.rule.id}")
        if not args.dry_run:
            print(f"{run_retention(actor=courier_actor(now), now=now)} times a rule was followed.")
    except (directory.Unusable, Refused) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    return 0
