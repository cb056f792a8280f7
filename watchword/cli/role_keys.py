# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword keys re-wrap`: seals the records of a role to its new key, by a holder, without a browser."""

import argparse
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchword.cli import directory, serve
from watchword.cli.directory import Unusable
from watchword.core.refusals import Refused
from watchword.trust.manifest import Untrusted


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("keys", help="seal the records of a role to its new key")
    steps = command.add_subparsers(dest="step", required=True, metavar="STEP")
    wrap = steps.add_parser(
        "re-wrap",
        help="go on until every record is sealed to the new key; Ctrl-C stops it between two chunks",
    )
    wrap.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
    wrap.add_argument("--login", required=True, help="who does it: a holder of the role")
    wrap.add_argument("--role", required=True, help="the role that has a new key")
    wrap.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check("desk", args.dir)
        serve.prepare("desk", args.dir)
        return rewrap(args)
    except (Unusable, Untrusted, Refused, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nwatchword: stopped. The same command goes on with what is left.", file=sys.stderr)
        return 130


def rewrap(args: argparse.Namespace) -> int:
    """Do the work in this process, whose memory alone holds the keys; what is left when it had to stop."""
    # Only a process that has become the Desk may import what reads settings.
    from watchword.accounts.services import rewrapping, unlock_for
    from watchword.journal.services import integrate

    actor = unlock_for(
        login=args.login,
        passphrase=getpass.getpass(f"Passphrase of {args.login}: "),
        code=input("The six digits of now: ").replace(" ", ""),
        now=clock(),
    )
    run = rewrapping.begin(role=args.role, actor=actor, now=clock())
    ended = False
    for progress in rewrapping.chunks(run, clock):
        tell(progress.done, progress.total)
        ended = progress.ended
    integrate(clock())
    if not ended:
        print("Stopped: somebody else goes on with it, or you lost the role. What is done stays done.")
        return 1
    print(f"Every record of the role {args.role} that its keys open is sealed to the new key.")
    return 0


def tell(done: int, total: int) -> None:
    """One line that counts up on a terminal; a line for each chunk in a file."""
    print(f"\r  {done} of {total}" if sys.stdout.isatty() else f"  {done} of {total}", flush=True, end="")
    print("\n" if not sys.stdout.isatty() or done == total else "", end="", flush=True)


def clock() -> datetime:
    return datetime.now(UTC)
