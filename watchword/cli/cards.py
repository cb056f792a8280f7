# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword cards`: invitation cards on A6 paper, made at the Desk by somebody of intake."""

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from watchword.cli import directory, serve
from watchword.cli.directory import Unusable
from watchword.core.refusals import Refused
from watchword.trust.manifest import Untrusted


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("cards", help="print invitation cards (see docs/how-to/give-out-cards.md)")
    command.add_argument("--dir", type=Path, required=True, help="the Desk's directory")
    command.add_argument("--login", required=True, help="who makes them: somebody of intake")
    command.add_argument("--count", type=int, default=8, help="how many (default: 8)")
    command.add_argument("--language", choices=("en", "uk", "ru"), required=True, help="of the whole card")
    command.add_argument("-o", "--output", type=Path, required=True, help="a PDF that does not exist yet")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check("desk", args.dir)
        serve.prepare("desk", args.dir)
        made = sheet(args, datetime.now(UTC))
    except (Unusable, Untrusted, Refused, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    print(f"{args.output} holds {made} cards. What is on them is nowhere else: no sheet is made twice.")
    print("Print it on a printer that keeps nothing, cut it, and destroy the file.")
    print("The Gate answers the numbers once the courier has been there.")
    return 0


def sheet(args: argparse.Namespace, now: datetime) -> int:
    """Make the cards and write them, for their owner alone; how many there are."""
    # Only a process that has become the Desk may import what reads settings.
    from django.core.management import call_command
    from django.db import transaction

    from watchword import trust
    from watchword.accounts.services import unlock_for
    from watchword.genuine import services
    from watchword.genuine.sheet import address_for, pdf
    from watchword.journal.services import integrate

    call_command("migrate", verbosity=0, interactive=False)
    actor = unlock_for(
        login=args.login,
        passphrase=getpass.getpass(f"Passphrase of {args.login}: "),
        code=input("The six digits of now: ").replace(" ", ""),
        now=now,
    )
    # One transaction with the writing: no card is out that could not be printed.
    with transaction.atomic():
        cards = services.issue(count=args.count, language=args.language, actor=actor, now=now)
        address = address_for(trust.current().gates)
        made = pdf(cards=cards, address=address, mark=trust.fingerprint(), language=args.language)
        write_private(args.output, made)
    integrate(now)
    return len(cards)


def write_private(path: Path, content: bytes) -> None:
    """A new file that only its owner may read; an existing one is never overwritten."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
