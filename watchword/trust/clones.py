# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of known clones: a plain text that the Desk signs, so that anybody may copy and check it.

A signed note of C2SP with the Desk's Ed25519 key under the name ``desk``. Format: docs/spec/clones.md.
"""

import re
from dataclasses import dataclass
from datetime import date

from watchword.core.ledger.errors import LedgerError
from watchword.core.ledger.note import Algorithm, Note, NoteSignature, VerifierKey
from watchword.core.sealing import primitives
from watchword.trust.letter import DeskSigner, Forged
from watchword.trust.manifest import Manifest

HEADING = "watchword-clones/v1"
SIGNER = "desk"
MOST_CLONES = 2_000
# Nothing that could be taken for a space, a line end, or a sign of another script.
ADDRESS = re.compile(r"[!-~]{3,200}")
_HEAD = re.compile(
    rf"{HEADING}\norganisation (?P<organisation>\S{{1,64}})\nversion (?P<version>0|[1-9][0-9]{{0,8}})\n"
    r"signed (?P<signed>[0-9]{4}-[0-9]{2}-[0-9]{2})\n"
)


@dataclass(frozen=True, order=True)
class Clone:
    """An address that pretends to be ours, and the day on which two officers said so."""

    day: date
    address: str


@dataclass(frozen=True)
class Register:
    """Everything known on the day it was ``signed``; ``version`` counts the changes."""

    organisation: str
    version: int
    signed: date
    clones: tuple[Clone, ...]

    def text(self) -> str:
        """The signed text, in its one spelling."""
        head = f"{HEADING}\norganisation {self.organisation}\nversion {self.version}\nsigned {self.signed}\n"
        return head + "".join(f"{clone.day} {clone.address}\n" for clone in sorted(self.clones))


def sign(register: Register, signer: DeskSigner, manifest: Manifest) -> bytes:
    """The register with the Desk's signature under it."""
    text = register.text()
    key = _key(manifest)
    return str(Note(text, (NoteSignature(SIGNER, key.key_id, signer.ed25519(text.encode())),))).encode()


def read(raw: bytes, manifest: Manifest) -> Register:
    """The register, when the Desk of this manifest signed it; else Forged."""
    try:
        note = Note.parse(raw)
        register = _parse(note.text)
    except (LedgerError, ValueError):
        raise Forged("this is not a register of clones") from None
    key = _key(manifest)
    if not any(
        line.claims(key) and primitives.ed25519_verify(key.public, note.text.encode(), line.signature)
        for line in note.signatures
    ):
        raise Forged("the Desk did not sign this register")
    if register.organisation != manifest.organisation:
        raise Forged("this register is another organisation's")
    return register


def _key(manifest: Manifest) -> VerifierKey:
    return VerifierKey(SIGNER, Algorithm.ED25519, manifest.desk_ed25519)


def _parse(text: str) -> Register:
    head = _HEAD.match(text)
    if head is None:
        raise ValueError
    lines = text[head.end() :].splitlines()
    if len(lines) > MOST_CLONES:
        raise ValueError
    clones = tuple(_clone(line) for line in lines)
    register = Register(
        head["organisation"], int(head["version"]), date.fromisoformat(head["signed"]), clones
    )
    if register.text() != text or len({clone.address for clone in clones}) < len(clones):
        raise ValueError
    return register


def _clone(line: str) -> Clone:
    day, _, address = line.partition(" ")
    if not ADDRESS.fullmatch(address):
        raise ValueError
    return Clone(date.fromisoformat(day), address)
