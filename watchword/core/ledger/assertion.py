# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a decisive act was confirmed just then: by a passkey's signature over the act itself, or by a code.

A passkey signs a challenge. Here the challenge is the hash of what is done, so that its signature is worth
nothing for any other act, case, session or time. What an authenticator shows its owner is not part of it: a
page that lies about the act gets a true signature for another one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast

from watchword.core.ledger.canonical import JSON, encode_plain
from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.spelling import from_base64url, to_base64url
from watchword.core.ledger.tree import TreeHead

CHALLENGE_LABEL = b"watchword/action/v1\0"
SESSION_LABEL = b"watchword/session/v1\0"
BY_CODE: Final = "code"
_NAMES = ("authenticator", "client", "credential", "proof")
_HASH = 32
_FLAGS, _COUNT = 32, slice(33, 37)
_PRESENT_AND_VERIFIED = 0x05
_LONGEST = {"authenticator": 1024, "client": 2048, "credential": _HASH, "proof": 80}
_SHORTEST = {"authenticator": 37, "client": 2, "credential": _HASH, "proof": 8}


@dataclass(frozen=True, slots=True)
class Assertion:
    """A WebAuthn assertion: which credential (32 bytes), and the three parts that its signature is about."""

    credential: bytes
    authenticator: bytes
    client: bytes
    proof: bytes

    @classmethod
    def read(cls, fields: JSON) -> "Assertion":
        """The assertion in an entry; Malformed when a field is missing, too long, or spelled otherwise."""
        if not isinstance(fields, Mapping) or tuple(sorted(fields)) != _NAMES:
            raise Malformed(f"fresh is {BY_CODE}, or has exactly the fields {' '.join(_NAMES)}")
        parts = {name: _part(name, fields[name]) for name in _NAMES}
        return cls(**parts)

    def fields(self) -> Mapping[str, JSON]:
        """The same as it stands in an entry."""
        return {name: to_base64url(cast("bytes", getattr(self, name))) for name in _NAMES}

    @property
    def site(self) -> bytes:
        """The hash of the name that the passkey answered to."""
        return self.authenticator[:_HASH]

    @property
    def count(self) -> int:
        """How often the passkey has signed, by its own count; 0 when it keeps none."""
        return int.from_bytes(self.authenticator[_COUNT])

    @property
    def is_verified(self) -> bool:
        """Whether the authenticator says that its owner was there and showed it who they are."""
        return self.authenticator[_FLAGS] & _PRESENT_AND_VERIFIED == _PRESENT_AND_VERIFIED

    @property
    def message(self) -> bytes:
        """What the signature is over."""
        return self.authenticator + hashlib.sha256(self.client).digest()

    def answers(self, challenge: bytes) -> bool:
        """Whether the browser was asked this, by a page of the site itself."""
        try:
            said = json.loads(self.client)
        except (ValueError, RecursionError):
            return False
        if not isinstance(said, dict) or said.get("crossOrigin", False) is not False:
            return False
        return said.get("type") == "webauthn.get" and said.get("challenge") == to_base64url(challenge)


def session_challenge(key: bytes, until: int, base: TreeHead) -> bytes:
    """What a passkey signs to open a session: the hash of its public key, its last minute, and the log.

    Whose session it is stands in the entry, and the credential belongs to that person alone: before a passkey
    has answered, nobody knows who is there.
    """
    session: Mapping[str, JSON] = {
        "base": [base.size, to_base64url(base.root)],
        "key": to_base64url(key),
        "until": until,
    }
    return hashlib.sha256(SESSION_LABEL + encode_plain(session)).digest()


Fresh: TypeAlias = Assertion | Literal["code"] | None
"""How an act was confirmed: by passkey, by one-time code, or, where the act needs none, not at all."""


@dataclass(frozen=True, slots=True)
class Proof:
    """An assertion for one act about to be recorded, with the nonce and base that it was asked with.

    For the opening of a session the nonce is any new one: the session's key is asked about in its place.
    """

    nonce: bytes
    base: TreeHead
    assertion: Assertion


def _part(name: str, value: JSON) -> bytes:
    if not isinstance(value, str):
        raise Malformed(f"{name} of an assertion is a text")
    length = len(value) * 3 // 4
    if not _SHORTEST[name] <= length <= _LONGEST[name]:
        raise Malformed(f"{name} of an assertion has the wrong length")
    return from_base64url(value, length, what=name)
