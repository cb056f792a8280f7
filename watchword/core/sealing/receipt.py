# SPDX-License-Identifier: AGPL-3.0-or-later
"""The receipt: 30 digits, the only thing that an applicant must keep, and the keys that it stands for.

Eight digits find the mailbox and salt the derivation, so that guessing is work for one mailbox at a time;
twenty are the secret (66 bits); two catch typing errors. The derivation is light on purpose: in Tor Browser's
safer settings a heavy one would take a minute. The size of the secret carries the weight, not the derivation.
"""

import re
from dataclasses import dataclass, field

from watchword.core.refusals import sentence
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import argon2id, hkdf_expand, random_digits, sha256
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.typed import ascii_digits, check_digits

DIGITS = 30
_LOCATOR = 8
_SECRET = 20
_GROUP = 5
_LABEL = b"watchword/receipt/v1"
_PASSES = 2
_MEMORY_KIB = 8 * 1024
_LONGEST_TEXT = 200
_DIGITS = re.compile(f"[0-9]{{{DIGITS}}}")


@dataclass(frozen=True, slots=True)
class ReceiptKeys:
    """What a receipt stands for: a log-in token whose hash the Gate knows, and the mailbox's identity."""

    login: bytes = field(repr=False)
    mailbox: Identity

    @property
    def login_hash(self) -> bytes:
        """SHA-256 of the log-in token, 32 bytes: all that the Gate keeps of it."""
        return login_hash(self.login)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Thirty checked digits; printing the value itself shows only the locator."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _DIGITS.fullmatch(self.digits):
            raise Malformed(sentence("A receipt has %(wanted)s digits.", wanted=DIGITS))
        if self.digits[-2:] != check_digits(self.digits[:-2]):
            raise Malformed(
                sentence("These digits do not fit together: one of them is mistyped, or two are swapped.")
            )

    @classmethod
    def new(cls) -> "Receipt":
        """A fresh receipt."""
        body = random_digits(_LOCATOR + _SECRET)
        return cls(body + check_digits(body))

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """Read a receipt as people type it: digits of any script, with spaces and dashes anywhere."""
        if len(text) > _LONGEST_TEXT:
            raise Malformed(sentence("This is too long to be a receipt."))
        digits = ascii_digits(text)
        if digits is None:
            raise Malformed(sentence("A receipt is written with digits only."))
        if len(digits) != DIGITS:
            raise Malformed(
                sentence(
                    "A receipt has %(wanted)s digits; these are %(given)s.", wanted=DIGITS, given=len(digits)
                )
            )
        return cls(digits)

    def groups(self) -> list[str]:
        """The digits as they are shown: six groups of five."""
        return [self.digits[at : at + _GROUP] for at in range(0, DIGITS, _GROUP)]

    @property
    def locator(self) -> str:
        """The first eight digits: they name the mailbox and are not secret."""
        return self.digits[:_LOCATOR]

    def keys(self, organisation: str) -> ReceiptKeys:
        """Derive the keys; ``organisation`` is the fixed name in the settings, not the one shown."""
        name = organisation.encode(errors="surrogatepass")
        if not name or b"\0" in name:
            raise Malformed("an organisation's name is not empty and holds no zero byte")
        salt = sha256(b"\0".join([_LABEL, name, self.locator.encode("ascii")]))[:16]
        secret = self.digits[_LOCATOR : _LOCATOR + _SECRET].encode("ascii")
        root = argon2id(secret, salt=salt, passes=_PASSES, memory_kib=_MEMORY_KIB, lanes=1)
        mailbox = Identity.from_seed(hkdf_expand(root, _LABEL + b"/mailbox"))
        return ReceiptKeys(hkdf_expand(root, _LABEL + b"/login"), mailbox)

    def __str__(self) -> str:
        return f"receipt {self.locator}…"


def login_hash(login: bytes) -> bytes:
    """SHA-256 of a log-in token: enough to recognise it, useless to log in with."""
    return sha256(login)
