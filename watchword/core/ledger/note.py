# SPDX-License-Identifier: AGPL-3.0-or-later
"""C2SP signed notes: a text with signature lines, and the keys (vkeys) that signatures are checked with."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.spelling import from_base64, to_base64

KEY_ID_LENGTH = 4
# The specification asks for at least 16; a checkpoint of ours has two and one for each witness.
MOST_SIGNATURES = 64
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DASH = "— "
_VKEY = re.compile(r"(?P<name>[^+]+)\+(?P<key_id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/]+={0,2})")


class Algorithm(IntEnum):
    """The signature types of notes that this log writes or reads, by their identifier bytes."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    MLDSA44_COSIGNATURE = 0x06


_KEY_LENGTHS = {
    Algorithm.ED25519: 32,
    Algorithm.ED25519_COSIGNATURE: 32,
    Algorithm.MLDSA44_COSIGNATURE: 1312,
}


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The name, type and public key of who may sign a note."""

    name: str
    algorithm: Algorithm
    public: bytes

    def __post_init__(self) -> None:
        check_key_name(self.name)
        if len(self.public) != _KEY_LENGTHS[self.algorithm]:
            raise Malformed(f"a key of type {self.algorithm:#04x} has {_KEY_LENGTHS[self.algorithm]} bytes")

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read ``name+keyid+base64``; Malformed when the key id is not the one this key has."""
        match = _VKEY.fullmatch(text)
        if match is None:
            raise Malformed("a verifier key reads name+keyid+base64")
        encoded = from_base64(match["key"], what="the key of a verifier key")
        try:
            algorithm = Algorithm(encoded[0])
        except ValueError:
            raise Malformed(f"this log knows no signatures of type {encoded[0]:#04x}") from None
        key = cls(match["name"], algorithm, encoded[1:])
        if key.key_id.hex() != match["key_id"]:
            raise Malformed("the key id does not belong to this name and key")
        return key

    @property
    def key_id(self) -> bytes:
        """SHA-256(name ‖ newline ‖ type ‖ key), first four bytes: a label, not a proof."""
        data = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return hashlib.sha256(data).digest()[:KEY_ID_LENGTH]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.algorithm]) + self.public)}"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line, taken apart and not yet checked."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"

    def claims(self, key: VerifierKey) -> bool:
        """Whether this line says that ``key`` made it."""
        return self.name == key.name and self.key_id == key.key_id


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and the signature lines under it."""

    text: str
    signatures: tuple[NoteSignature, ...]

    @classmethod
    def parse(cls, raw: bytes) -> "Note":
        """Read a note; Malformed for control characters, no signature line, or a line of another form."""
        try:
            whole = raw.decode()
        except UnicodeDecodeError:
            raise Malformed("a signed note is UTF-8") from None
        if _CONTROL.search(whole):
            raise Malformed("a signed note holds no control characters but newlines")
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not text:
            raise Malformed("a signed note is a text, an empty line and signature lines")
        if not lines.endswith("\n"):
            raise Malformed("every signature line ends in a newline")
        return cls(text + "\n", parse_signature_lines(lines))

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line() for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A key that can sign: the public part by which others know it, and the act of signing itself."""

    key: VerifierKey
    sign: Callable[[bytes], bytes]


def parse_signature_lines(lines: str) -> tuple[NoteSignature, ...]:
    """The signatures of one or more whole lines; Malformed, saying why, for any other text."""
    parsed = tuple(_parse_line(line) for line in lines.removesuffix("\n").split("\n"))
    if len(parsed) > MOST_SIGNATURES:
        raise Malformed(f"a signed note has at most {MOST_SIGNATURES} signatures")
    return parsed


def _parse_line(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise Malformed("a signature line reads: em dash, space, key name, space, base64")
    check_key_name(name)
    data = from_base64(encoded, what="a signature line")
    if len(data) <= KEY_ID_LENGTH:
        raise Malformed("a signature line holds a key id and a signature")
    return NoteSignature(name, data[:KEY_ID_LENGTH], data[KEY_ID_LENGTH:])


def check_key_name(name: str) -> None:
    """Malformed unless ``name`` can stand in a signature line: not empty, no space of any script, no plus."""
    if not name or "+" in name or any(character.isspace() or character < " " for character in name):
        raise Malformed("a key name is not empty and holds no space and no plus")
