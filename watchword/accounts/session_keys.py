# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a log-in leaves behind: a cookie that only the browser has, and a row that is useless without it.

The row's name and the identity that its payload is sealed to both come from the cookie. Whoever copies the
database gets neither; and nobody can write a payload for another person, because the recipient that it must
be sealed to is known only from the cookie.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from watchword.accounts import keyring, outside, selectors
from watchword.core.sealing.primitives import ed25519_public, ed25519_sign, hkdf, random_bytes
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.vault.opening import unlock

COOKIE_BYTES = 32
_SALT = b"watchword/staff-session/v1"
_PAYLOAD = struct.Struct(">16s32s32s20sq")
_STUB = struct.Struct(">16sq")


@dataclass(frozen=True, repr=False)
class Cookie:
    """The 32 random bytes in the browser; everything else about a session is derived from them."""

    secret: bytes

    @classmethod
    def new(cls) -> Self:
        """A fresh cookie."""
        return cls(random_bytes(COOKIE_BYTES))

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What a browser sent, or None when it is no cookie of ours."""
        try:
            secret = bytes.fromhex(text)
        except ValueError:
            return None
        return cls(secret) if len(secret) == COOKIE_BYTES else None

    def __str__(self) -> str:
        return self.secret.hex()

    @property
    def row_id(self) -> str:
        """The name of the session's row."""
        return hkdf(self.secret, salt=_SALT, info=b"row").hex()

    @property
    def identity(self) -> Identity:
        """What opens the session's payload."""
        return Identity.from_seed(hkdf(self.secret, salt=_SALT, info=b"payload"))


@dataclass(frozen=True, repr=False)
class SessionKeys:
    """An unlocked session: the person's identity and the signing key of this session. Never has a repr."""

    staff_id: str
    identity_seed: bytes
    signing_seed: bytes
    totp_secret: bytes
    until: datetime
    _opened: dict[str, list[Identity]] = field(default_factory=dict, compare=False)

    def seal_for(self, cookie: Cookie) -> bytes:
        """The payload of the session's row."""
        payload = _PAYLOAD.pack(
            bytes.fromhex(self.staff_id),
            self.identity_seed,
            self.signing_seed,
            self.totp_secret,
            int(self.until.timestamp()),
        )
        return seal(payload, [cookie.identity.recipient])

    @classmethod
    def open_with(cls, cookie: Cookie, sealed: bytes) -> Self:
        """The keys of a session; a SealingError when the row is not this cookie's."""
        staff, identity, signing, totp, until = _PAYLOAD.unpack(unlock(sealed, cookie.identity))
        return cls(staff.hex(), identity, signing, totp, datetime.fromtimestamp(until, UTC))

    @property
    def stub(self) -> "Stub":
        """What is left of the session while it is locked."""
        return Stub(self.staff_id, self.until)

    @property
    def session_public(self) -> bytes:
        """The public key that the session's opening entry endorses."""
        return ed25519_public(self.signing_seed)

    def sign(self, message: bytes) -> bytes:
        """The session's Ed25519 signature."""
        return ed25519_sign(self.signing_seed, message)

    def step_of(self, code: str, at: datetime) -> int | None:
        """The half-minute whose one-time code this is; None when it is none of this person's."""
        return keyring.matching_step(keyring.in_base32(self.totp_secret), code, at.timestamp())

    @property
    def identity(self) -> Identity:
        """What this person's copies of role keys are sealed to."""
        return Identity.from_seed(self.identity_seed)

    def identities(self, roles: Iterable[str]) -> list[Identity]:
        """The role keys that were handed over to this person, newest epoch first; opened once per request."""
        wanted = sorted(set(roles))
        for role in wanted:
            if role not in self._opened:
                self._opened[role] = [
                    Identity.from_seed(unlock(bytes(copy.sealed), self.identity))
                    for copy in selectors.copies(self.staff_id, [role])
                ]
            if not self._opened[role]:
                outside.check_is_here(role)
        return [identity for role in wanted for identity in self._opened[role]]


@dataclass(frozen=True)
class Stub:
    """Whose locked session this is, and when it ends: nothing that opens or signs anything."""

    staff_id: str
    until: datetime

    def seal_for(self, cookie: Cookie) -> bytes:
        """The part of the row that stays when the keys go; nobody without the cookie can make one."""
        payload = _STUB.pack(bytes.fromhex(self.staff_id), int(self.until.timestamp()))
        return seal(payload, [cookie.identity.recipient])

    @classmethod
    def open_with(cls, cookie: Cookie, sealed: bytes) -> Self:
        """A SealingError when the row is not this cookie's."""
        staff, until = _STUB.unpack(unlock(sealed, cookie.identity))
        return cls(staff.hex(), datetime.fromtimestamp(until, UTC))
