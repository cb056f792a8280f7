# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword ledger cosign`: take the newest checkpoint to witnesses and keep what they sign."""

import argparse
import sys
from collections.abc import Iterable, Sequence

import httpx

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.cosignature import verify_signature
from watchword.core.ledger.errors import LedgerError, NotProven
from watchword.core.ledger.note import Note, NoteSignature, VerifierKey, parse_signature_lines
from watchword.core.ledger.proofs import prove_consistency
from watchword.core.ledger.spelling import from_decimal
from watchword.core.ledger.tiles import CHECKPOINT, Read, TileNodes
from watchword.core.ledger.witness import AddCheckpoint
from watchword.journal.disk import Disk
from watchword.journal.keyfile import VERIFYING

TIMEOUT = 30


def run(args: argparse.Namespace) -> int:
    """Ask each witness; keep the checkpoint with every cosignature that verified."""
    disk = Disk(args.directory)
    try:
        keys = [VerifierKey.parse(text) for text in args.witness]
        raw = disk.read(CHECKPOINT) or b""
        signed = SignedCheckpoint.parse(raw)
        found: list[NoteSignature] = []
        with httpx.Client(timeout=TIMEOUT) as client:
            for url in args.url:
                found += _ask(client, url, disk.read, raw, keys)
        note = Note(signed.note.text, (*signed.note.signatures, *found))
        args.keep.write_text(str(note), encoding="utf-8")
    except (LedgerError, httpx.HTTPError, OSError) as error:
        print(f"No cosignature was kept: {error}.", file=sys.stderr)
        return 2
    print(
        f"Size {signed.head.size}, cosigned by {', '.join(line.name for line in found)}: kept in {args.keep}."
    )
    return 0


def _ask(
    client: httpx.Client, url: str, read: Read, raw: bytes, keys: Sequence[VerifierKey]
) -> list[NoteSignature]:
    """What one witness signs; it says itself which size it saw last."""
    signed = SignedCheckpoint.parse(raw)
    address = url.rstrip("/") + "/add-checkpoint"
    answer = client.post(address, content=AddCheckpoint.compose(0, [], raw))
    if answer.status_code == 409:
        old = from_decimal(answer.text.removesuffix("\n"), what="the size that the witness saw")
        nodes = TileNodes(read, signed.head.size)
        proof = prove_consistency(nodes.node, old, signed.head.size)
        answer = client.post(address, content=AddCheckpoint.compose(old, proof, raw))
    if answer.status_code != 200:
        raise NotProven(f"the witness at {url} refused with {answer.status_code}: {answer.text.strip()}")
    return list(_genuine(signed, parse_signature_lines(answer.text), keys))


def _genuine(
    signed: SignedCheckpoint, lines: Iterable[NoteSignature], keys: Sequence[VerifierKey]
) -> Iterable[NoteSignature]:
    """The lines of known keys; BadSignature when one of those is wrong. Unknown keys are passed over."""
    for line in lines:
        for key in keys:
            if line.claims(key):
                verify_signature(signed, line, key, VERIFYING)
                yield line
