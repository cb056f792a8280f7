# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword ledger inspect`: what a log says, unchecked, for a person's eyes."""

import argparse
import sys
from datetime import UTC, datetime

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.entry import Statement, parse_entry
from watchword.core.ledger.errors import LedgerError, Malformed
from watchword.core.ledger.spelling import to_base64
from watchword.core.ledger.tiles import CHECKPOINT, read_entries
from watchword.journal.disk import Disk


def run(args: argparse.Namespace) -> int:
    """Print the checkpoint and the newest entries."""
    disk = Disk(args.directory)
    try:
        signed = SignedCheckpoint.parse(disk.read(CHECKPOINT) or b"")
        head = signed.head
        print(f"{signed.checkpoint.origin}\n{head.size} entries, root {to_base64(head.root)}")
        print(
            "signed by " + ", ".join(f"{line.name} ({line.key_id.hex()})" for line in signed.note.signatures)
        )
        start = max(0, head.size - args.last)
        for index, raw in enumerate(read_entries(disk.read, start, head.size), start=start):
            print(f"{index:>8}  {_line(raw)}")
    except LedgerError as error:
        print(f"This cannot be read: {error}.", file=sys.stderr)
        return 2
    return 0


def _line(raw: bytes) -> str:
    try:
        statement = parse_entry(raw).statement
    except Malformed as error:
        return f"{len(raw)} bytes that are no entry: {error}"
    return f"{_minute(statement)}  {statement.actor}  {statement.act}" + "".join(
        f"  {name}={value}" for name, value in sorted(statement.public.items())
    )


def _minute(statement: Statement) -> str:
    return f"{datetime.fromtimestamp(statement.at * 60, UTC):%Y-%m-%d %H:%M}"
