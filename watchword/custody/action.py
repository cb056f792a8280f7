# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is signed when somebody asks, answers or opens: one hash over the whole request."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from watchword.core.ledger import canonical
from watchword.core.ledger.canonical import JSON
from watchword.core.refusals import WrongState, sentence


@dataclass(frozen=True)
class Words:
    """A reason in words. ``salt`` (hex) keeps whoever reads a hash from trying likely words."""

    text: str
    salt: str

    def encode(self) -> bytes:
        """Canonical JSON; its hash stands in the action."""
        return canonical.encode({"salt": self.salt, "text": self.text})

    @property
    def hash(self) -> str:
        """SHA-256, 64 hex digits."""
        return hashlib.sha256(self.encode()).hexdigest()


def read_words(payload: bytes, *, expected: str) -> str:
    """The text that was sealed; WrongState when it is not the one that was signed."""
    if hashlib.sha256(payload).hexdigest() != expected:
        raise WrongState(sentence("What is sealed here is not what was signed."))
    return str(json.loads(payload)["text"])


@dataclass(frozen=True)
class Request:
    """What custodians agree to. ``records``: hashes of the sealed bodies; ``words``: that of the reason.

    ``recipient`` is the one-time key (``age1pq1…``) that shares are sealed to: nobody can exchange it.
    """

    case: str
    asked_by: str
    glass: bool
    elements: tuple[str, ...]
    records: tuple[str, ...]
    serves: str
    words: str
    until: datetime
    told: date | None
    needed: int
    seats: int
    recipient: str

    @property
    def hash(self) -> bytes:
        """SHA-256 of the canonical form, 32 bytes."""
        said: dict[str, JSON] = {
            "case": self.case,
            "asked_by": self.asked_by,
            "glass": self.glass,
            "elements": list(self.elements),
            "records": list(self.records),
            "serves": self.serves,
            "words": self.words,
            "until": int(self.until.timestamp()),
            "told": self.told.isoformat() if self.told else "",
            "needed": self.needed,
            "seats": self.seats,
            "recipient": self.recipient,
        }
        return hashlib.sha256(canonical.encode(said)).digest()

    @property
    def recipient_hash(self) -> bytes:
        """SHA-256 of the recipient's text, 32 bytes."""
        return hashlib.sha256(self.recipient.encode()).digest()

    @property
    def public(self) -> dict[str, bytes | int | str]:
        """What the ledger says of it in the open."""
        return {
            "action": self.hash,
            "recipient_hash": self.recipient_hash,
            "needed": self.needed,
            "seats": self.seats,
        }
