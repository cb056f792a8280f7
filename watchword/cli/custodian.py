# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword custodian ...`: a seat in custody, held on its custodian's own machine and never at the Desk."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from watchword.core.ledger.errors import LedgerError
from watchword.core.refusals import Refused
from watchword.core.sealing.errors import SealingError

ROOTS_NEEDED = 2


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("custodian", help="hold a seat in custody on one's own machine")
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    init = _verb(verbs, "init", "make the key of a seat, under a passphrase")
    init.add_argument("key", type=Path, help="a file that is not there yet")
    trust = _verb(verbs, "trust", "tell this machine whose requests it believes")
    trust.add_argument("key", type=Path, help="the key file")
    trust.add_argument("--root", action="append", required=True, metavar="VKEY", help="a root's public key")
    trust.add_argument("--needed", type=int, default=ROOTS_NEEDED, help="how many of them must sign")
    trust.add_argument("--checkpoint", type=Path, metavar="FILE", help="a checkpoint that you were given")
    _of_a_file(_verb(verbs, "look", "check a request that was downloaded, and show it"), output=False)
    _of_a_file(_verb(verbs, "give", "look, and answer with this seat's shares"))
    _of_a_file(_verb(verbs, "refuse", "look, and answer that it is refused, with a reason"))
    _of_a_file(_verb(verbs, "hand-on", "seal the seat's shares to its next key"))


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told)
    verb.set_defaults(run=run)
    return verb


def _of_a_file(verb: argparse.ArgumentParser, *, output: bool = True) -> None:
    verb.add_argument("file", type=Path, help="what was downloaded at the Desk")
    verb.add_argument("-i", "--key", type=Path, required=True, help="the key file")
    if output:
        verb.add_argument("-o", "--output", type=Path, required=True, help="the answer, a new file")


def run(args: argparse.Namespace, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    from watchword.cli import custodian_work
    from watchword.cli.custodian_key import CannotDo
    from watchword.trust.manifest import Untrusted

    args.clock = clock
    try:
        custodian_work.run(args)
    except (CannotDo, LedgerError, OSError, Refused, SealingError, UnicodeError, Untrusted) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    return 0
