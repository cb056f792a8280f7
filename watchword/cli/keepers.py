# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword keepers`: printed cards for those who keep a root, a log-in, or an eye on the ledger."""

import argparse
import sys
from pathlib import Path

from watchword.cli import directory, serve
from watchword.cli.cards import write_private
from watchword.cli.directory import Unusable
from watchword.core.procedure import LANGUAGES
from watchword.trust.manifest import Untrusted


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("keepers", help="print cards for those who must keep something")
    command.add_argument("--dir", type=Path, required=True, help="the Desk's folder")
    command.add_argument("--language", choices=LANGUAGES, required=True, help="of all cards")
    command.add_argument("-o", "--output", type=Path, required=True, help="a PDF that does not exist yet")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check("desk", args.dir)
        serve.prepare("desk", args.dir)
        made = write(args.output, args.language)
    except (Unusable, Untrusted, OSError) as error:
        print(f"watchword: {error}", file=sys.stderr)
        return 1
    print(f"{args.output} holds {made} cards, one on each page. No secret is on them, but who works here is:")
    print("print it, give each card to its keeper, and destroy the file.")
    return 0


def write(output: Path, language: str) -> int:
    """Write the cards for their owner alone; how many they are."""
    # Only a process that has become the Desk may import what reads settings.
    from watchword import trust
    from watchword.accounts import keepers

    made, number = keepers.pdf(manifest=trust.current(), language=language)
    write_private(output, made)
    return number
