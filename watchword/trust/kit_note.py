# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roots' signatures under the offline kit, in a file beside it: format in docs/spec/parcel.md."""

from collections.abc import Sequence

from watchword.core.ledger.errors import LedgerError
from watchword.core.ledger.note import Note, NoteSignature, VerifierKey
from watchword.core.sealing import primitives
from watchword.trust.manifest import Root, Untrusted

HEADING = "watchword-kit/v1"


def text_for(kit: bytes) -> str:
    """The text that is signed: it names the file by its hash."""
    return f"{HEADING}\n{primitives.sha256(kit).hex()}\n"


def sign_kit(kit: bytes, root: Root, before: bytes = b"") -> bytes:
    """The note with this root's signature below those of ``before``, which must be for the same file."""
    signed = _read(before).signatures if before else ()
    text = text_for(kit)
    if before and _read(before).text != text:
        raise Untrusted("these signatures are for another file")
    own = NoteSignature(root.name, root.key.key_id, primitives.ed25519_sign(root.seed, text.encode()))
    return str(Note(text, (*signed, own))).encode()


def check_kit(kit: bytes, note: bytes, roots: Sequence[str], needed: int) -> None:
    """Untrusted unless ``needed`` of the ``roots`` (verifier keys) signed just this file."""
    read = _read(note)
    if read.text != text_for(kit):
        raise Untrusted("this is another file than the one that was signed")
    try:
        keys = [VerifierKey.parse(root) for root in roots]
    except LedgerError as error:
        raise Untrusted(f"a root cannot be read: {error}") from None
    signed_by = {str(key) for key in keys if _signed(read, key)}
    if needed < 1 or len(signed_by) < needed:
        raise Untrusted(f"{len(signed_by)} of the roots signed the kit; {needed} must")


def _signed(note: Note, key: VerifierKey) -> bool:
    return any(
        line.claims(key) and primitives.ed25519_verify(key.public, note.text.encode(), line.signature)
        for line in note.signatures
    )


def _read(raw: bytes) -> Note:
    try:
        return Note.parse(raw)
    except LedgerError as error:
        raise Untrusted(f"the signatures of the kit cannot be read: {error}") from None
