# SPDX-License-Identifier: AGPL-3.0-or-later
"""The key material of one member of staff: made once, sealed to a passphrase, opened at log-in."""

import base64
from dataclasses import dataclass
from typing import Self

import pyotp
from django.conf import settings

from watchword.core.sealing.passphrase import Cost, passphrase_identity
from watchword.core.sealing.primitives import ed25519_public, ed25519_sign, random_bytes
from watchword.core.sealing.recipients import Identity, Recipient
from watchword.core.sealing.seal import seal
from watchword.vault.opening import unlock

SEED = 32
TOTP_SECRET = 20  # RFC 4226 section 4 asks for 160 bits
_MAGIC = b"watchword/staff-keys/v1\0"
_RECIPIENT_LABEL = b"watchword/staff-recipient/v1\0"


@dataclass(frozen=True, repr=False)
class StaffKeys:
    """An age identity seed, an Ed25519 signing seed, a one-time code secret; never shown by repr."""

    identity_seed: bytes
    signing_seed: bytes
    totp_secret: bytes

    @classmethod
    def new(cls) -> Self:
        """Fresh keys from the operating system's randomness."""
        return cls(random_bytes(SEED), random_bytes(SEED), random_bytes(TOTP_SECRET))

    @classmethod
    def unpack(cls, data: bytes) -> Self:
        """Read what ``pack`` wrote."""
        seeds = data.removeprefix(_MAGIC)
        return cls(seeds[:SEED], seeds[SEED : 2 * SEED], seeds[2 * SEED :])

    def pack(self) -> bytes:
        """Fixed lengths behind a label: nothing to parse."""
        return _MAGIC + self.identity_seed + self.signing_seed + self.totp_secret

    @property
    def identity(self) -> Identity:
        """What opens this person's copies of role keys."""
        return Identity.from_seed(self.identity_seed)

    @property
    def signing_public(self) -> bytes:
        """The enrolled long-term Ed25519 key, which endorses sessions."""
        return ed25519_public(self.signing_seed)

    @property
    def totp_base32(self) -> str:
        """The one-time code secret as authenticator programs take it."""
        return in_base32(self.totp_secret)

    def totp_uri(self, login: str) -> str:
        """The address that an authenticator program reads from a QR code."""
        return pyotp.TOTP(self.totp_base32).provisioning_uri(name=login, issuer_name="Watchword")


@dataclass(frozen=True, repr=False)
class EnrolledKey:
    """The long-term key, for the entries that it signs itself: it opens sessions, and once the ledger."""

    id: str
    seed: bytes

    @property
    def session_public(self) -> bytes:
        """The enrolled public key."""
        return ed25519_public(self.seed)

    def sign(self, message: bytes) -> bytes:
        """The enrolled key's signature."""
        return ed25519_sign(self.seed, message)


def in_base32(totp_secret: bytes) -> str:
    """A one-time code secret as authenticator programs take it."""
    return base64.b32encode(totp_secret).decode("ascii")


def present_cost() -> Cost:
    """The Argon2id cost of passphrases set from now on; the cost of older ones stands beside them."""
    return Cost(settings.WATCHWORD_PASSPHRASE_PASSES, settings.WATCHWORD_PASSPHRASE_KIB)


def seal_to_passphrase(keys: StaffKeys, passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """One age file which only this passphrase opens."""
    return seal(keys.pack(), [passphrase_identity(passphrase, salt, cost).recipient])


def open_with_passphrase(sealed: bytes, passphrase: str, salt: bytes, cost: Cost) -> StaffKeys:
    """The keys, or NoMatchingKey when the passphrase is another one."""
    return StaffKeys.unpack(unlock(sealed, passphrase_identity(passphrase, salt, cost)))


def recipient_claim(staff_id: str, recipient: Recipient | str) -> bytes:
    """What a person's long-term key signs, so that nobody can slip another recipient into the staff table."""
    return _RECIPIENT_LABEL + staff_id.encode() + b"\0" + str(recipient).encode()


def sign_recipient(keys: StaffKeys, staff_id: str) -> bytes:
    """The person's own word that this recipient is his."""
    return ed25519_sign(keys.signing_seed, recipient_claim(staff_id, keys.identity.recipient))


def matching_step(totp_base32: str, code: str, timestamp: float) -> int | None:
    """The 30-second step whose code this is, one step of drift allowed; None if there is none."""
    generator = pyotp.TOTP(totp_base32)
    digits = "".join(code.split())
    present = int(timestamp) // generator.interval
    for step in (present, present - 1, present + 1):
        if pyotp.utils.strings_equal(digits, generator.generate_otp(step)):
            return step
    return None
