# SPDX-License-Identifier: AGPL-3.0-or-later
"""An age identity made from a passphrase: staff keys are sealed to it, so no further format is invented."""

import re
import unicodedata
from dataclasses import dataclass

from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import argon2id, hkdf_expand, random_bytes
from watchword.core.sealing.recipients import Identity

SALT_SIZE = 16
_LABEL = b"watchword/passphrase/v1"
_TEXT = re.compile(r"argon2id\$t=([1-9][0-9]{0,2}),m=([1-9][0-9]{0,7}),p=([1-9][0-9]?)")
_MOST_MEMORY_KIB = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: passes over the memory, KiB of it, and lanes; by default about a second."""

    passes: int = 3
    memory_kib: int = 256 * 1024
    lanes: int = 1

    def __post_init__(self) -> None:
        # The upper limits are for a cost read from storage: a stranger's number could exhaust the machine.
        if not (1 <= self.passes < 1000 and 1 <= self.lanes < 100):
            raise Malformed("the passes or lanes of a passphrase's cost are out of range")
        if not 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB:
            raise Malformed("the memory of a passphrase's cost is out of range")

    @classmethod
    def parse(cls, text: str) -> "Cost":
        """Read a cost as ``str`` writes it, which is how it is stored beside what is sealed."""
        match = _TEXT.fullmatch(text)
        if match is None:
            raise Malformed("this is not the cost of a passphrase")
        passes, memory_kib, lanes = map(int, match.groups())
        return cls(passes, memory_kib, lanes)

    def __str__(self) -> str:
        return f"argon2id$t={self.passes},m={self.memory_kib},p={self.lanes}"


def new_salt() -> bytes:
    """A fresh salt; it is stored beside what is sealed, and is not secret."""
    return random_bytes(SALT_SIZE)


def passphrase_identity(passphrase: str, salt: bytes, cost: Cost) -> Identity:
    """The identity that ``passphrase`` stands for under this salt of 16 bytes and this cost.

    The passphrase is brought to Unicode NFC first: keyboards write й and ї in two ways that look the same.
    Any text will do, even one that is no valid Unicode.
    """
    if len(salt) != SALT_SIZE:
        raise Malformed(f"the salt of a passphrase is {SALT_SIZE} bytes long")
    secret = unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")
    root = argon2id(secret, salt=salt, passes=cost.passes, memory_kib=cost.memory_kib, lanes=cost.lanes)
    return Identity.from_seed(hkdf_expand(root, _LABEL + b"/identity"))
