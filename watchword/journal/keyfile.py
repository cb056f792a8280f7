# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key of a log or of a witness: one file that only its owner may read."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.cosignature import Verifying, verify_checkpoint
from watchword.core.ledger.errors import BadSignature, Malformed
from watchword.core.ledger.note import Algorithm, NoteSigner, VerifierKey, check_key_name
from watchword.core.sealing import primitives

VERIFYING = Verifying(ed25519=primitives.ed25519_verify, mldsa44=primitives.mldsa44_verify)
_SEED_LENGTH = 32
_FIELDS = {"name", "ed25519", "mldsa44"}


@dataclass(frozen=True, slots=True)
class LogKey:
    """The name under which a log or witness signs, and its two keys. ``repr`` shows no secret."""

    origin: str
    signers: tuple[NoteSigner, ...]

    @property
    def vkeys(self) -> tuple[str, ...]:
        """The public keys as verifier keys: what others pin."""
        return tuple(str(signer.key) for signer in self.signers)

    def verified(self, signed: SignedCheckpoint) -> SignedCheckpoint:
        """The checkpoint, if all keys of this log signed it; BadSignature otherwise."""
        keys = [signer.key for signer in self.signers]
        if signed.checkpoint.origin != self.origin or len(verify_checkpoint(signed, keys, VERIFYING)) != len(
            keys
        ):
            raise BadSignature("this checkpoint does not carry the signatures of this log's keys")
        return signed


def log_key(name: str, ed25519_seed: bytes, mldsa44_seed: bytes) -> LogKey:
    """The key of a log: Ed25519 for every reader, ML-DSA-44 for the time of quantum computers."""
    return _key(name, Algorithm.ED25519, ed25519_seed, mldsa44_seed)


def witness_key(name: str, ed25519_seed: bytes, mldsa44_seed: bytes) -> LogKey:
    """The key of a witness, which signs timestamped cosignatures of both kinds."""
    return _key(name, Algorithm.ED25519_COSIGNATURE, ed25519_seed, mldsa44_seed)


def _key(name: str, classical: Algorithm, ed25519_seed: bytes, mldsa44_seed: bytes) -> LogKey:
    ed25519 = VerifierKey(name, classical, primitives.ed25519_public(ed25519_seed))
    mldsa44 = VerifierKey(name, Algorithm.MLDSA44_COSIGNATURE, primitives.mldsa44_public(mldsa44_seed))
    return LogKey(
        name,
        (
            NoteSigner(ed25519, primitives.ed25519_signer(ed25519_seed)),
            NoteSigner(mldsa44, primitives.mldsa44_signer(mldsa44_seed)),
        ),
    )


def make_key_file(path: Path, name: str) -> None:
    """Write a new key of two fresh seeds; an existing file is never touched."""
    check_key_name(name)
    seeds = {scheme: primitives.random_bytes(_SEED_LENGTH).hex() for scheme in ("ed25519", "mldsa44")}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(json.dumps({"name": name, **seeds}) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path, *, witness: bool = False) -> LogKey:
    """The key in a file; Malformed, showing none of it, when it is no key file or others may read it."""
    try:
        with open(path) as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise Malformed(f"{path} can be read by others: its mode must be 0600")
            fields = json.load(file)
        if not isinstance(fields, dict) or fields.keys() != _FIELDS:
            raise Malformed(f"{path} must hold a name and two seeds")
        seeds = [bytes.fromhex(fields[scheme]) for scheme in ("ed25519", "mldsa44")]
    except OSError as error:
        raise Malformed(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError):
        raise Malformed(f"{path} is not a key file") from None
    if any(len(seed) != _SEED_LENGTH for seed in seeds):
        raise Malformed(f"{path} must hold seeds of {_SEED_LENGTH} bytes")
    return (witness_key if witness else log_key)(fields["name"], *seeds)
