# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword backup` and `watchword restore`: copies of a Desk that only several people together can open.

Exit codes: 0 done; 1 it could not be done, with the reason.
"""

import argparse
import os
import sys
from pathlib import Path

from watchword.cli import directory
from watchword.cli.backup_words import CannotBackUp
from watchword.core.refusals import Refused
from watchword.core.sealing.errors import SealingError

KEEP_DAYS = 7


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser(
        "backup", help="keep copies of a Desk (see docs/how-to/backup-and-restore.md)"
    )
    steps = backup.add_subparsers(dest="step", required=True, metavar="STEP")
    keys = steps.add_parser("keys", help="make the recovery key, and split it among people")
    keys.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
    keys.add_argument("--needed", type=int, default=2, help="how many shares open a copy (2)")
    keys.add_argument("--shares", type=int, default=3, help="how many there are (3)")
    keys.add_argument("-o", "--output", type=Path, required=True, help="an empty folder for the shares")
    whole = steps.add_parser("desk", help="copy everything but the key store; bodies only once")
    short = steps.add_parser("keystore", help="copy the key store, for some days")
    short.add_argument(
        "--keep-days", type=int, default=KEEP_DAYS, help=f"older copies are destroyed ({KEEP_DAYS})"
    )
    for step in (whole, short):
        step.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
        step.add_argument("--to", type=Path, required=True, help="the folder of the copies")
    drill = steps.add_parser("drill", help="restore into a folder that is destroyed again, and look at it")
    restore = commands.add_parser("restore", help="make a Desk from copies")
    for step in (drill, restore):
        step.add_argument("--copies", type=Path, required=True, help="where `backup desk` wrote to")
        step.add_argument("--keystore", type=Path, help="where `backup keystore` wrote to")
        step.add_argument("--share", type=Path, action="append", required=True, help="a share; once for each")
        step.add_argument("--dir", type=Path, required=True, help="a new directory")
    for step, work in (
        (keys, "keys"),
        (whole, "desk"),
        (short, "keystore"),
        (drill, "drill"),
        (restore, "restore"),
    ):
        step.set_defaults(run=run, work=work)


def run(args: argparse.Namespace) -> int:
    # Imported here: most commands need none of it.
    from watchword.cli import backup_keys, backup_restore, backup_write

    os.umask(0o077)
    works = {
        "keys": backup_keys.run,
        "desk": backup_write.desk,
        "keystore": backup_write.keystore,
        "drill": backup_restore.drill,
        "restore": backup_restore.restore,
    }
    try:
        for line in works[args.work](args):
            print(line)
    except (CannotBackUp, directory.Unusable, Refused, SealingError, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    return 0
