# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a C2SP witness decides: whether a log that it remembers has only grown, before it cosigns."""

from collections.abc import Sequence
from dataclasses import dataclass

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.cosignature import Verifying, verify_checkpoint
from watchword.core.ledger.errors import BadSignature, Malformed, NotProven
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.proofs import verify_consistency
from watchword.core.ledger.spelling import from_base64, from_decimal, to_base64
from watchword.core.ledger.tree import EMPTY_HEAD, HASH_LENGTH, TreeHead

MOST_PROOF_LINES = 63


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """The body of an add-checkpoint request."""

    old_size: int
    proof: Sequence[bytes]
    signed: SignedCheckpoint
    raw: bytes

    @classmethod
    def parse(cls, body: bytes) -> "AddCheckpoint":
        """Read the body; Malformed when it is not an old size, a proof, an empty line and a checkpoint."""
        head, blank, note = body.partition(b"\n\n")
        if not blank:
            raise Malformed("a request is an old size, proof lines, an empty line and a checkpoint")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise Malformed("an old size and a proof are ASCII") from None
        if not first.startswith("old "):
            raise Malformed("a request begins with the old size")
        if len(lines) > MOST_PROOF_LINES:
            raise Malformed(f"a proof has at most {MOST_PROOF_LINES} lines")
        proof = [from_base64(line, what="a line of the proof") for line in lines]
        if any(len(each) != HASH_LENGTH for each in proof):
            raise Malformed(f"a line of the proof has {HASH_LENGTH} bytes")
        old_size = from_decimal(first.removeprefix("old "), what="the old size")
        return cls(old_size, proof, SignedCheckpoint.parse(note), note)

    @classmethod
    def compose(cls, old_size: int, proof: Sequence[bytes], note: bytes) -> bytes:
        """The body that asks a witness who last saw ``old_size`` to cosign ``note``."""
        lines = "".join(f"{to_base64(each)}\n" for each in proof)
        return f"old {old_size}\n{lines}\n".encode() + note


@dataclass(frozen=True, slots=True)
class Verdict:
    """An HTTP status; 200 means: remember this tree, durably, and only then cosign it."""

    status: int
    reason: str
    size_to_tell: int | None = None


def judge(
    request: AddCheckpoint, remembered: TreeHead | None, keys: Sequence[VerifierKey], verifying: Verifying
) -> Verdict:
    """Whether to cosign. ``keys``: those of the log of this origin; none means that the log is unknown here.

    The order of the refusals is that of the specification. A fork of the same size is a 409 without a
    size, a fork of another size a 422: nothing in either answer helps whoever made the fork.
    """
    head = request.signed.head
    known = remembered or EMPTY_HEAD
    if not keys:
        return Verdict(404, "this witness does not know this log")
    try:
        if not verify_checkpoint(request.signed, keys, verifying):
            return Verdict(403, "no key of this log signed the checkpoint")
    except BadSignature as error:
        return Verdict(403, str(error))
    if request.old_size > head.size:
        return Verdict(400, "the old size is larger than the checkpoint")
    if request.old_size != known.size:
        return Verdict(409, "this witness last saw another size", known.size)
    if known.size == head.size and known.root != head.root:
        return Verdict(409, "this witness has seen another tree of the same size")
    if known.size == 0:
        return Verdict(422, "a proof from nothing is empty") if request.proof else Verdict(200, "first seen")
    try:
        verify_consistency(known, head, request.proof)
    except NotProven as error:
        return Verdict(422, str(error))
    return Verdict(200, "consistent")
