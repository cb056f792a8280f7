# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing checkpoints and checking their signatures: plain Ed25519 and the two C2SP cosignatures.

A log signs with plain Ed25519, which every reader knows, and with an ML-DSA-44 cosignature, which a
quantum computer does not forge. A witness signs a cosignature: it states when it saw the tree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from watchword.core.ledger.checkpoint import Checkpoint, SignedCheckpoint
from watchword.core.ledger.errors import BadSignature, Malformed
from watchword.core.ledger.note import Algorithm, Note, NoteSignature, NoteSigner, VerifierKey
from watchword.core.ledger.spelling import LARGEST_SIZE

Verify: TypeAlias = Callable[[bytes, bytes, bytes], bool]
_MLDSA_LABEL = b"subtree/v1\n\0"
_TIMESTAMP_LENGTH = 8
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Verifying:
    """The two signature schemes, each ``(public key, message, signature) -> bool``, from the caller."""

    ed25519: Verify
    mldsa44: Verify

    def scheme(self, algorithm: Algorithm) -> Verify:
        """The scheme behind one type of note signature."""
        return self.mldsa44 if algorithm is Algorithm.MLDSA44_COSIGNATURE else self.ed25519


def sign_checkpoint(checkpoint: Checkpoint, signers: Iterable[NoteSigner], timestamp: int) -> Note:
    """The signed note; ``timestamp`` (POSIX seconds) goes into cosignatures, plain signatures have none."""
    text = checkpoint.text()
    return Note(text, tuple(cosign(checkpoint, signer, timestamp) for signer in signers))


def cosign(checkpoint: Checkpoint, signer: NoteSigner, timestamp: int) -> NoteSignature:
    """One signature over ``checkpoint`` in the form that the signer's key type asks for."""
    signature = signer.sign(_message(checkpoint, signer.key, timestamp))
    if signer.key.algorithm is not Algorithm.ED25519:
        signature = timestamp.to_bytes(_TIMESTAMP_LENGTH, "big") + signature
    return NoteSignature(signer.key.name, signer.key.key_id, signature)


def verify_signature(
    signed: SignedCheckpoint, line: NoteSignature, key: VerifierKey, verifying: Verifying
) -> int:
    """The timestamp that ``line`` states (0 when it states none); BadSignature unless ``key`` made it."""
    signature, timestamp = line.signature, 0
    if key.algorithm is not Algorithm.ED25519:
        timestamp = int.from_bytes(signature[:_TIMESTAMP_LENGTH], "big")
        signature = signature[_TIMESTAMP_LENGTH:]
        if timestamp > LARGEST_SIZE:
            raise BadSignature(f"the timestamp of {key.name} lies beyond all time")
    message = _message(signed.checkpoint, key, timestamp)
    if not verifying.scheme(key.algorithm)(key.public, message, signature):
        raise BadSignature(f"the signature of {key.name} is not over this checkpoint")
    return timestamp


def verify_checkpoint(
    signed: SignedCheckpoint, keys: Iterable[VerifierKey], verifying: Verifying
) -> Mapping[VerifierKey, int]:
    """Which of ``keys`` signed, and when; lines of unknown keys are ignored, as the specification demands.

    BadSignature when a line of a known key does not verify: somebody changed something, and a checkpoint
    that is partly true is not used.
    """
    found: dict[VerifierKey, int] = {}
    for key in keys:
        for line in signed.note.signatures:
            if line.claims(key):
                found[key] = max(found.get(key, 0), verify_signature(signed, line, key, verifying))
    return found


def _message(checkpoint: Checkpoint, key: VerifierKey, timestamp: int) -> bytes:
    if key.algorithm is Algorithm.ED25519:
        return checkpoint.text().encode()
    if key.algorithm is Algorithm.ED25519_COSIGNATURE:
        return f"cosignature/v1\ntime {timestamp}\n{checkpoint.text()}".encode()
    return b"".join(
        (
            _MLDSA_LABEL,
            _short(key.name),
            timestamp.to_bytes(8, "big"),
            _short(checkpoint.origin),
            (0).to_bytes(8, "big"),
            checkpoint.head.size.to_bytes(8, "big"),
            checkpoint.head.root,
        )
    )


def _short(text: str) -> bytes:
    """``text`` after its length in one byte."""
    data = text.encode()
    if not 1 <= len(data) <= _LONGEST_NAME:
        raise Malformed("names and origins in an ML-DSA-44 cosignature have 1 to 255 bytes")
    return bytes([len(data)]) + data
