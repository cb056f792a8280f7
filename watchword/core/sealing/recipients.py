# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom something can be sealed to, and who can open it: the two halves of an age key, of either type."""

from dataclasses import dataclass
from typing import Protocol

from watchword.core.sealing import bech32, hybrid, x25519
from watchword.core.sealing.envelope import Stanza
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import KEY_SIZE, FileKey, random_bytes


class PublicHalf(Protocol):
    """What a key type offers to someone who seals."""

    raw: bytes

    def __init__(self, raw: bytes) -> None: ...
    def wrap(self, file_key: FileKey) -> Stanza:
        """A stanza for the holder of the secret half."""


class SecretHalf(Protocol):
    """What a key type offers to someone who opens."""

    public_raw: bytes

    def __init__(self, seed: bytes) -> None: ...
    def unwrap(self, stanza: Stanza) -> FileKey | None:
        """The file key, or None when the stanza is for another key."""


@dataclass(frozen=True, slots=True)
class KeyType:
    """One recipient type of age: the name of its stanza, how its keys are written, and what they do."""

    name: str
    public_prefix: str
    secret_prefix: str
    public: type[PublicHalf]
    secret: type[SecretHalf]


HYBRID = KeyType(hybrid.NAME, "age1pq", "age-secret-key-pq-", hybrid.HybridPublic, hybrid.HybridSecret)
X25519 = KeyType(x25519.NAME, "age", "age-secret-key-", x25519.X25519Public, x25519.X25519Secret)
_BY_PUBLIC_PREFIX = {kind.public_prefix: kind for kind in (HYBRID, X25519)}
_BY_SECRET_PREFIX = {kind.secret_prefix: kind for kind in (HYBRID, X25519)}


class Recipient:
    """Somebody to seal to: a public key, written ``age1pq1…`` (or ``age1…`` for the older type)."""

    __slots__ = ("_key", "_type")

    def __init__(self, key_type: KeyType, raw: bytes) -> None:
        self._type = key_type
        self._key = key_type.public(raw)

    @classmethod
    def parse(cls, text: str) -> "Recipient":
        """Read a recipient as ``str`` writes it; Malformed otherwise."""
        prefix, raw = bech32.decode(text)
        key_type = _BY_PUBLIC_PREFIX.get(prefix)
        if key_type is None or text != text.lower():
            raise Malformed("this is not an age recipient")
        return cls(key_type, raw)

    @property
    def kind(self) -> str:
        """The name of the stanzas made for this recipient."""
        return self._type.name

    @property
    def raw(self) -> bytes:
        """The public key itself: 1216 bytes, or 32 for the older type."""
        return self._key.raw

    def wrap(self, file_key: FileKey) -> Stanza:
        """A stanza that gives ``file_key`` to the holder of the identity."""
        return self._key.wrap(file_key)

    def __str__(self) -> str:
        return bech32.encode(self._type.public_prefix, self.raw)

    def __repr__(self) -> str:
        return f"<Recipient {self}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipient) and (self.kind, self.raw) == (other.kind, other.raw)

    def __hash__(self) -> int:
        return hash((self.kind, self.raw))


class Identity:
    """Somebody who can open: a secret key. ``str`` writes it out, to be sealed away; ``repr`` never does."""

    __slots__ = ("_key", "_seed", "_type", "recipient")

    def __init__(self, key_type: KeyType, seed: bytes) -> None:
        if len(seed) != KEY_SIZE:
            raise Malformed(f"an identity is made from {KEY_SIZE} bytes, not {len(seed)}")
        self._type = key_type
        self._seed = seed
        self._key = key_type.secret(seed)
        self.recipient = Recipient(key_type, self._key.public_raw)

    @classmethod
    def generate(cls) -> "Identity":
        """A new post-quantum identity."""
        return cls.from_seed(random_bytes(KEY_SIZE))

    @classmethod
    def from_seed(cls, seed: bytes) -> "Identity":
        """The post-quantum identity of 32 uniformly random bytes; equal seeds give equal identities."""
        return cls(HYBRID, seed)

    @classmethod
    def parse(cls, text: str) -> "Identity":
        """Read an identity as ``str`` writes it; Malformed otherwise, and the text is not repeated."""
        prefix, seed = bech32.decode(text)
        key_type = _BY_SECRET_PREFIX.get(prefix)
        if key_type is None or text != text.upper():
            raise Malformed("this is not an age identity")
        return cls(key_type, seed)

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes: what is split among custodians."""
        return self._seed

    @property
    def kind(self) -> str:
        """The name of the stanzas that this identity can unwrap."""
        return self._type.name

    def unwrap(self, stanza: Stanza) -> FileKey | None:
        """The file key, or None when the stanza is for another key; Malformed when it is for none."""
        return self._key.unwrap(stanza)

    def __str__(self) -> str:
        return bech32.encode(self._type.secret_prefix, self._seed).upper()

    def __repr__(self) -> str:
        # A person's public key tells nothing, and a traceback or a log line prints this form.
        return f"<Identity of {str(self.recipient)[:24]}…>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self.recipient == other.recipient

    def __hash__(self) -> int:
        return hash(self.recipient)
