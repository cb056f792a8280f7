# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword metrics`: how a program's machinery does, in the text format of Prometheus, on its own machine.

Nothing that applicants or officers do can be counted from it: no cases, no log-ins, and of the ledger whole
hundreds only, because whoever reads a counter every minute would see each single act.
"""

import argparse
import sys
from datetime import UTC, datetime, time
from pathlib import Path

from watchword import __version__
from watchword.cli import directory, serve

ROUGH = 100
"""Ledger entries are told in such steps: the first step is larger than any small number of people."""

HELP = {
    "watchword_database_answers": "Whether the database answers.",
    "watchword_manifest_end_seconds": "When the list of keys ends; 0 when none is in force.",
    "watchword_disk_free_bytes": "Room on the disk of the program's folder.",
    "watchword_ledger_entries": "Entries in the ledger, in whole hundreds.",
    "watchword_ledger_whole": "Whether the ledger on the disk has what the database promised.",
    "watchword_courier_round_seconds": "When a round with the Gate last came to its end; 0 when none did.",
}


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("metrics", help="print how a program does, for Prometheus; counts nobody")
    command.add_argument("program", choices=sorted(serve.PORTS))
    command.add_argument("--dir", type=Path, required=True, help="the program's folder")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        directory.check(args.program, args.dir)
    except directory.Unusable as reason:
        print(f"watchword: {reason}.", file=sys.stderr)
        return 1
    serve.prepare(args.program, args.dir)
    measured = machine()
    if args.program == "desk" and measured["watchword_database_answers"]:
        measured |= desk()
    print(text(measured), end="")
    return 0


def text(measured: dict[str, int]) -> str:
    """Each figure with what it says; the version stands in a label, as is usual."""
    lines = [f'# TYPE watchword_info gauge\nwatchword_info{{version="{__version__}"}} 1\n']
    for name, value in measured.items():
        lines.append(f"# HELP {name} {HELP[name]}\n# TYPE {name} gauge\n{name} {value}\n")
    return "".join(lines)


def machine() -> dict[str, int]:
    """What both programs have."""
    from watchword.web import health

    ends = health.manifest_ends()
    # A manifest is in force to the end of its last day.
    end = datetime.combine(ends, time.max, UTC) if ends else None
    return {
        "watchword_database_answers": int(health.database_answers()),
        "watchword_manifest_end_seconds": int(end.timestamp()) if end else 0,
        "watchword_disk_free_bytes": health.free_bytes(),
    }


def desk() -> dict[str, int]:
    """What the Desk alone has: its ledger and its courier."""
    from django.conf import settings

    from watchword.core.ledger.errors import LedgerError
    from watchword.courier.deskside.selectors import last_round
    from watchword.journal import selectors as journal

    try:
        on_disk = journal.latest_checkpoint().head.size
    except LedgerError:
        on_disk = -1
    placed, _ = journal.progress()
    last = last_round(settings.WATCHWORD_GATE_ADDRESS)
    return {
        "watchword_ledger_entries": max(on_disk, 0) // ROUGH * ROUGH,
        "watchword_ledger_whole": int(on_disk >= placed),
        "watchword_courier_round_seconds": int(last.timestamp()) if last else 0,
    }
