# SPDX-License-Identifier: AGPL-3.0-or-later
"""One entry shown to somebody who has no log, only the checkpoint that they kept when they last looked."""

from collections.abc import Sequence

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.cosignature import Verifying, verify_checkpoint
from watchword.core.ledger.entry import Statement, parse_entry
from watchword.core.ledger.errors import BadSignature, NotProven
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.proofs import verify_consistency, verify_inclusion
from watchword.core.ledger.tree import leaf_hash


def check_signed(signed: SignedCheckpoint, known: Sequence[VerifierKey], verifying: Verifying) -> None:
    """BadSignature unless every known key of this log signed the checkpoint, and there is one."""
    keys = [key for key in known if key.name == signed.checkpoint.origin]
    if not keys or len(verify_checkpoint(signed, keys, verifying)) < len(keys):
        raise BadSignature("the checkpoint does not carry the signatures of this log's keys")


def check_grown(
    kept: SignedCheckpoint | None, signed: SignedCheckpoint, since: int, growth: Sequence[bytes]
) -> None:
    """NotProven unless the log continues the one whose checkpoint was kept; ``since``: from which size."""
    if kept is None:
        return
    if kept.checkpoint.origin != signed.checkpoint.origin:
        raise NotProven("this is another log than the one whose checkpoint was kept")
    if signed.head.size < kept.head.size:
        raise NotProven("the log is shorter than the one whose checkpoint was kept: its end was cut off")
    same = signed.head.size == kept.head.size
    if not same and since != kept.head.size:
        raise NotProven(f"the growth is not shown from {kept.head.size} entries, which were kept here")
    verify_consistency(kept.head, signed.head, [] if same else growth)


def entry_shown(
    entry: bytes, index: int, proof: Sequence[bytes], signed: SignedCheckpoint, verifying: Verifying
) -> Statement:
    """What the entry says, once it is proven to stand in the log; a LedgerError otherwise.

    That the session which signed it was its actor's, an audit of the whole log says, and this does not.
    """
    verify_inclusion(leaf_hash(entry), index, signed.head, proof)
    found = parse_entry(entry)
    if not verifying.ed25519(found.statement.session, found.message, found.signature):
        raise BadSignature("the entry does not carry the signature of its session")
    return found.statement
