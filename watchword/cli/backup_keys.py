# SPDX-License-Identifier: AGPL-3.0-or-later
"""The recovery key: made once, split among people at once, and kept by nobody whole."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from watchword.cli import directory
from watchword.cli.backup_words import COMPARTMENT, RECOVERY, CannotBackUp
from watchword.core.sealing import custody
from watchword.core.sealing.recipients import Identity, Recipient


def run(args: argparse.Namespace) -> Iterator[str]:
    directory.check("desk", args.dir)
    if (args.dir / RECOVERY).exists():
        raise CannotBackUp(f"{args.dir / RECOVERY} is there already; move it away to begin with a new key")
    if args.output.exists() and any(args.output.iterdir()):
        raise CannotBackUp(f"{args.output} is not empty")
    args.output.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = custody.entrust(COMPARTMENT, needed=args.needed, seats=args.shares)
    for part in made.parts:
        write_new(args.output / f"share-{part.number}.json", custody.pack([part]))
    # Last: nothing is sealed to a key of which not all shares are on the disk.
    write_new(args.dir / RECOVERY, f"{made.recipient}\n".encode("ascii"))
    yield f"{args.shares} shares are in {args.output}; any {args.needed} of them open a copy."
    yield "Move each to a medium of its own, kept by another person in another place, and delete it here."


def recipient_of(folder: Path) -> Recipient:
    """Whom copies are sealed to, as the Desk's directory says."""
    try:
        return Recipient.parse((folder / RECOVERY).read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise CannotBackUp(f"{folder} has no recovery key yet: run `watchword backup keys`") from None


def restored(shares: Sequence[Path]) -> Identity:
    """The recovery key from enough shares; a SealingError names the one that is wrong."""
    parts = [part for path in shares for part in custody.unpack(path.read_bytes())]
    if any(part.compartment != COMPARTMENT for part in parts):
        raise CannotBackUp("one of these is the share of something else than a recovery key")
    return custody.restore(parts)


def write_new(path: Path, data: bytes | Iterable[bytes]) -> None:
    """A file that was not there, readable by its owner, on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in [data] if isinstance(data, bytes) else data:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
