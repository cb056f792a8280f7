# SPDX-License-Identifier: AGPL-3.0-or-later
"""An invitation card: a number that is typed once, and two phrases that only the true site can answer with.

Both programs keep of a card a tag, and a phrase sealed under a key that is derived from the number; neither
keeps the number. Whoever seizes a register learns how many cards are out, and not one phrase of them.
Format: docs/spec/cards.md.
"""

import re
from dataclasses import dataclass, field

from watchword.core.refusals import sentence
from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import (
    NONCE_SIZE,
    ChunkCipher,
    argon2id,
    hkdf_expand,
    random_bytes,
    random_digits,
    sha256,
)
from watchword.core.sealing.typed import ascii_digits, check_digits

DIGITS = 20
WORDS = 3
SEALED_SIZE = 21
TAG_SIZE = 16
_RANDOM = 18
_GROUP = 4
_RECEIPT = 30
_LABEL = b"watchword/card/v1"
# As light as a receipt's: the Gate derives it for whoever asks. 10^18 numbers carry the weight.
_PASSES = 2
_MEMORY_KIB = 8 * 1024
_LONGEST_TEXT = 200
_FORM = re.compile(f"[0-9]{{{DIGITS}}}")
_LANGUAGE = re.compile(rb"[a-z]{2}")
# Each key seals one phrase and nothing else, so its one nonce may be fixed.
_NONCE = bytes(NONCE_SIZE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Three words as bytes, and the language in which the card prints them (two letters)."""

    language: str
    words: bytes = field(repr=False)

    @classmethod
    def new(cls, language: str) -> "Phrase":
        """Three words drawn by chance."""
        return cls(language, random_bytes(WORDS))

    def sealed(self, key: bytes) -> bytes:
        """Sealed under a key that seals nothing else: 21 bytes, the same for every phrase."""
        return ChunkCipher(key).seal(_NONCE, self.language.encode("ascii") + self.words)

    @classmethod
    def opened(cls, key: bytes, sealed: bytes) -> "Phrase":
        """The phrase; Tampered when it was sealed under another key, Malformed when it is none."""
        if len(sealed) != SEALED_SIZE:
            raise Tampered("a sealed phrase has 21 bytes")
        plain = ChunkCipher(key).open(_NONCE, sealed)
        if not _LANGUAGE.fullmatch(plain[:2]):
            raise Malformed("the language of a phrase is two small letters")
        return cls(plain[:2].decode("ascii"), plain[2:])


@dataclass(frozen=True, slots=True)
class CardKeys:
    """What a number stands for: the name under which both registers know it, and a key for each phrase."""

    tag: bytes
    gate: bytes = field(repr=False)
    desk: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardNumber:
    """Twenty checked digits, of which eighteen are random."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _FORM.fullmatch(self.digits):
            raise Malformed(sentence("The number of a card has %(wanted)s digits.", wanted=DIGITS))
        if self.digits[_RANDOM:] != check_digits(self.digits[:_RANDOM]):
            raise Malformed(
                sentence("These digits do not fit together: one of them is mistyped, or two are swapped.")
            )

    @classmethod
    def new(cls) -> "CardNumber":
        """The number of a new card."""
        body = random_digits(_RANDOM)
        return cls(body + check_digits(body))

    @classmethod
    def parse(cls, text: str) -> "CardNumber":
        """Read a number as people type it: digits of any script, with spaces and dashes anywhere."""
        digits = ascii_digits(text) if len(text) <= _LONGEST_TEXT else ""
        if digits is None:
            raise Malformed(sentence("The number of a card is written with digits only."))
        if len(digits) == _RECEIPT:
            raise Malformed(
                sentence("These are 30 digits, as a receipt has. Never type your receipt on this page.")
            )
        if len(digits) != DIGITS:
            raise Malformed(
                sentence(
                    "The number of a card has %(wanted)s digits; these are %(given)s.",
                    wanted=DIGITS,
                    given=len(digits),
                )
            )
        return cls(digits)

    def groups(self) -> list[str]:
        """The digits as the card prints them: five groups of four, unlike a receipt's six of five."""
        return [self.digits[at : at + _GROUP] for at in range(0, DIGITS, _GROUP)]

    def keys(self, organisation: str) -> CardKeys:
        """Derive tag and keys; ``organisation`` is the fixed identifier in the manifest."""
        name = organisation.encode(errors="surrogatepass")
        if not name or b"\0" in name:
            raise Malformed("an organisation's name is not empty and holds no zero byte")
        salt = sha256(b"\0".join([_LABEL, name]))[:16]
        secret = self.digits[:_RANDOM].encode("ascii")
        root = argon2id(secret, salt=salt, passes=_PASSES, memory_kib=_MEMORY_KIB, lanes=1)
        tag, gate, desk = (hkdf_expand(root, _LABEL + part) for part in (b"/tag", b"/gate", b"/desk"))
        return CardKeys(tag[:TAG_SIZE], gate, desk)
