# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is signed when somebody asks, answers or opens: one hash over the whole request."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from watchword.core.ledger import canonical
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.asked import Asked
from watchword.core.sealing.asked_batch import AskedBatch


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
    def asked(self) -> Asked:
        """The same in the form that is hashed, shown and recorded."""
        return Asked(
            case=self.case,
            asked_by=self.asked_by,
            glass=self.glass,
            elements=self.elements,
            records=self.records,
            serves=self.serves,
            words=self.words,
            until=int(self.until.timestamp()),
            told=self.told.isoformat() if self.told else "",
            needed=self.needed,
            seats=self.seats,
            recipient=self.recipient,
        )

    @property
    def hash(self) -> bytes:
        """SHA-256 of the canonical form, 32 bytes."""
        return self.asked.hash

    @property
    def public(self) -> Mapping[str, bytes | int]:
        """What the ledger says of it in the open."""
        return self.asked.public


@dataclass(frozen=True)
class BatchRequest:
    """What custodians agree to of many cases at once. ``records``: CASE/SHA-256 of each sealed body, sorted.

    ``run``: the program that opens them; ``cases``: of how many; ``recipient`` as of a request. ``ceremony``:
    the hash of the one by which it splits anew, in hex; empty of all others.
    """

    run: str
    asked_by: str
    elements: tuple[str, ...]
    records: tuple[str, ...]
    cases: int
    until: datetime
    needed: int
    seats: int
    recipient: str
    ceremony: str = ""

    @property
    def asked(self) -> AskedBatch:
        """The same in the form that is hashed, shown and recorded."""
        return AskedBatch(
            run=self.run,
            asked_by=self.asked_by,
            elements=self.elements,
            records=self.records,
            cases=self.cases,
            until=int(self.until.timestamp()),
            needed=self.needed,
            seats=self.seats,
            recipient=self.recipient,
            ceremony=self.ceremony,
        )

    @property
    def hash(self) -> bytes:
        """SHA-256 of the canonical form, 32 bytes."""
        return self.asked.hash

    @property
    def public(self) -> Mapping[str, bytes | int]:
        """What the ledger says of it in the open."""
        return self.asked.public
