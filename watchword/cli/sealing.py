# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword seal` and `watchword open`: age files by hand, for recovery and for those who check us."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from watchword.cli import identity_file
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal_stream
from watchword.core.sealing.unseal import unseal_stream

CHUNK = 1 << 20


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    seal = commands.add_parser("seal", help="seal a file to recipients, as `age -r` does")
    seal.add_argument("-r", "--recipient", action="append", required=True, metavar="age1pq1...")
    seal.add_argument("file", type=Path)
    seal.add_argument("-o", "--output", type=Path, required=True)
    seal.set_defaults(run=run_seal)
    opening = commands.add_parser("open", help="open an age file with an identity file, as `age -d -i` does")
    opening.add_argument("-i", "--identity", type=Path, required=True)
    opening.add_argument("file", type=Path)
    opening.add_argument("-o", "--output", type=Path, required=True)
    opening.set_defaults(run=run_open)


def run_seal(args: argparse.Namespace) -> int:
    try:
        recipients = [Recipient.parse(text) for text in args.recipient]
        with args.file.open("rb") as source:
            write(args.output, seal_stream(chunks(source), recipients))
    except (SealingError, OSError, UnicodeDecodeError) as error:
        return complain(error)
    return 0


def run_open(args: argparse.Namespace) -> int:
    try:
        identities = identity_file.read(args.identity)
        with args.file.open("rb") as source:
            write(args.output, unseal_stream(chunks(source), identities))
    except (SealingError, OSError, UnicodeDecodeError) as error:
        return complain(error)
    return 0


def chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def write(target: Path, parts: Iterator[bytes]) -> None:
    """Under its final name only when whole: a truncated file must not look like an opened one."""
    partial = target.with_name(target.name + ".partial")
    try:
        with partial.open("wb") as out:
            out.writelines(parts)
    except BaseException:  # also an interrupt: what was opened is plaintext
        partial.unlink(missing_ok=True)
        raise
    partial.replace(target)


def complain(error: Exception) -> int:
    print(f"watchword: {error}", file=sys.stderr)
    return 1
