# SPDX-License-Identifier: AGPL-3.0-or-later
"""The manifest: the organisation's public keys in one note that k of n offline roots have signed.

The Gate seals to what this file says and to nothing else, so whoever controls the Gate's database or
its network cannot slip in a key of his own. Format: docs/spec/envelope.md.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import rfc8785

from watchword.core.ledger.errors import LedgerError
from watchword.core.ledger.note import Algorithm, Note, NoteSignature, VerifierKey
from watchword.core.sealing import primitives
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.recipients import Recipient

HEADING = "watchword-manifest/v1"
FIELDS = {
    "courier",
    "desk_ed25519",
    "desk_mldsa44",
    "expires",
    "gates",
    "logs",
    "organisation",
    "profile",
    "published",
    "roles",
    "title",
    "version",
}


class Untrusted(Exception):
    """The manifest cannot be believed, with the reason in a sentence."""


@dataclass(frozen=True)
class RoleAddress:
    """Where to seal what a role may read: the key's epoch (counted from 1) and its age recipient."""

    epoch: int
    recipient: str


@dataclass(frozen=True)
class Manifest:
    """What the organisation says of itself; ``organisation`` is opaque and goes into receipts."""

    organisation: str
    title: str
    version: int
    published: date
    expires: date
    profile: str
    roles: Mapping[str, RoleAddress]
    courier: bytes
    desk_ed25519: bytes
    desk_mldsa44: bytes
    logs: tuple[str, ...]
    gates: tuple[str, ...]

    def recipients(self, roles: Iterable[str]) -> list[Recipient]:
        """The age recipients of these roles, each once, in a fixed order; Untrusted when one has no key."""
        wanted = sorted(set(roles))
        missing = [role for role in wanted if role not in self.roles]
        if missing or not wanted:
            raise Untrusted(f"the manifest has no key for: {', '.join(missing) or 'nobody'}")
        return [_recipient(self.roles[role].recipient) for role in wanted]

    def text(self) -> str:
        """The text that the roots sign."""
        fields: dict[str, Any] = {
            "courier": _encode(self.courier),
            "desk_ed25519": _encode(self.desk_ed25519),
            "desk_mldsa44": _encode(self.desk_mldsa44),
            "expires": self.expires.isoformat(),
            "gates": list(self.gates),
            "logs": list(self.logs),
            "organisation": self.organisation,
            "profile": self.profile,
            "published": self.published.isoformat(),
            "roles": {name: [role.epoch, role.recipient] for name, role in self.roles.items()},
            "title": self.title,
            "version": self.version,
        }
        return f"{HEADING}\n{rfc8785.dumps(fields).decode()}\n"


@dataclass(frozen=True)
class Root:
    """An offline key with which one officer signs manifests."""

    name: str
    seed: bytes

    @property
    def key(self) -> VerifierKey:
        return VerifierKey(self.name, Algorithm.ED25519, primitives.ed25519_public(self.seed))


def sign(manifest: Manifest, roots: Sequence[Root]) -> bytes:
    """The signed note. Written to disk as it is; verified by ``read``."""
    text = manifest.text()
    signatures = tuple(
        NoteSignature(root.name, root.key.key_id, primitives.ed25519_sign(root.seed, text.encode()))
        for root in roots
    )
    return str(Note(text, signatures)).encode()


def read(raw: bytes, roots: Sequence[str], needed: int, today: date) -> Manifest:
    """The manifest in ``raw``: signed by at least ``needed`` of the ``roots`` (vkeys), and in force.

    Raises Untrusted, with a sentence, in every other case.
    """
    manifest = believe(raw, roots, needed)
    if not manifest.published <= today <= manifest.expires:
        raise Untrusted(
            f"the manifest is in force from {manifest.published} to {manifest.expires}, not on {today}"
        )
    return manifest


def believe(raw: bytes, roots: Sequence[str], needed: int) -> Manifest:
    """The manifest in ``raw`` as the roots signed it, its time over or not: to write its successor."""
    try:
        keys = [VerifierKey.parse(text) for text in roots]
        note = Note.parse(raw)
    except LedgerError as error:
        raise Untrusted(f"the manifest cannot be read: {error}") from None
    if needed < 1 or len({str(key) for key in keys}) < needed:
        raise Untrusted("fewer root keys are configured than must sign")
    signed_by = {str(key) for key in keys if _signed(note, key)}
    if len(signed_by) < needed:
        raise Untrusted(f"{len(signed_by)} of the roots signed the manifest; {needed} must")
    return _parse(note.text)


def _signed(note: Note, key: VerifierKey) -> bool:
    return any(
        line.claims(key) and primitives.ed25519_verify(key.public, note.text.encode(), line.signature)
        for line in note.signatures
    )


@dataclass(frozen=True)
class Draft:
    """A manifest on its way to its signatures; ``signed_by`` is what the lines claim, and is not checked."""

    manifest: Manifest
    signed_by: tuple[str, ...]


def read_draft(raw: bytes) -> Draft:
    """A manifest without a signature, or with some; Untrusted when it is not a manifest at all."""
    note = _unfinished(raw)
    return Draft(_parse(note.text), tuple(line.name for line in note.signatures))


def add_signature(raw: bytes, root: Root) -> bytes:
    """The draft with this root's signature under it, below those that it has."""
    note = _unfinished(raw)
    _parse(note.text)
    signature = NoteSignature(
        root.name, root.key.key_id, primitives.ed25519_sign(root.seed, note.text.encode())
    )
    return str(Note(note.text, (*note.signatures, signature))).encode()


def _unfinished(raw: bytes) -> Note:
    try:
        return Note.parse(raw) if b"\n\n" in raw else Note(raw.decode(), ())
    except (LedgerError, UnicodeDecodeError):
        raise Untrusted("this file is not a manifest, or it was damaged on the way") from None


def unchecked(raw: bytes) -> Manifest:
    """The manifest in ``raw`` without asking who signed it, for readers who say so; or Untrusted."""
    try:
        return _parse(Note.parse(raw).text)
    except LedgerError as error:
        raise Untrusted(f"the manifest cannot be read: {error}") from None


def _parse(text: str) -> Manifest:
    heading, _, rest = text.partition("\n")
    if heading != HEADING:
        raise Untrusted("this signed note is not a manifest")
    try:
        fields = json.loads(rest)
        manifest = _from_fields(fields)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, SealingError):
        raise Untrusted("the manifest is signed, and its content is not in the form of version 1") from None
    if manifest.text() != text:
        raise Untrusted("the manifest is not written in its one canonical form")
    return manifest


def _from_fields(fields: dict[str, Any]) -> Manifest:
    if set(fields) != FIELDS:
        raise ValueError
    roles = {
        name: RoleAddress(int(epoch), str(recipient)) for name, (epoch, recipient) in fields["roles"].items()
    }
    for role in roles.values():
        _recipient(role.recipient)
    return Manifest(
        organisation=str(fields["organisation"]),
        title=str(fields["title"]),
        version=int(str(fields["version"])),
        published=date.fromisoformat(str(fields["published"])),
        expires=date.fromisoformat(str(fields["expires"])),
        profile=str(fields["profile"]),
        roles=roles,
        courier=_decode(fields["courier"], 32),
        desk_ed25519=_decode(fields["desk_ed25519"], 32),
        desk_mldsa44=_decode(fields["desk_mldsa44"], 1312),
        logs=tuple(str(vkey) for vkey in fields["logs"]),
        gates=tuple(str(address) for address in fields["gates"]),
    )


@lru_cache(maxsize=256)
def _recipient(text: str) -> Recipient:
    """Parsing a post-quantum recipient takes longer than sealing to it; the same few come again and again."""
    return Recipient.parse(text)


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decode(text: object, size: int) -> bytes:
    key = base64.b64decode(str(text), validate=True)
    if len(key) != size:
        raise ValueError
    return key
