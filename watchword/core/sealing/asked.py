# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that custodians agree to when one person asks for something: one form, and its hash.

The Desk has each custodian confirm this hash, and the ledger names it. A custodian's own machine makes it
once more from what it shows, so that nobody is shown one thing and agrees to another.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from watchword.core.sealing import plain
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.shares import MOST_SHARES

_DAY = re.compile("|[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is agreed to. ``until``: seconds since 1970; ``told``: an ISO day, or nothing.

    ``records``: SHA-256 of each sealed body, in their order; ``words``: that of the reason; ``recipient``:
    the one-time key that shares are sealed to, so that nobody can exchange it.
    """

    case: str
    asked_by: str
    glass: bool
    elements: tuple[str, ...]
    records: tuple[str, ...]
    serves: str
    words: str
    until: int
    told: str
    needed: int
    seats: int
    recipient: str

    @classmethod
    def read(cls, value: object) -> "Asked":
        """Read what ``plain`` wrote; Malformed for anything else."""
        found = plain.members(value, set(cls.__slots__))
        seats = plain.number(found["seats"], least=1, most=MOST_SHARES)
        records = tuple(plain.text(one, plain.HASH) for one in plain.row(found["records"], least=1))
        if list(records) != sorted(set(records)):
            raise Malformed(plain.NOT_A_FILE)
        return cls(
            case=plain.text(found["case"], plain.CASE),
            asked_by=plain.text(found["asked_by"], plain.PERSON),
            glass=plain.truth(found["glass"]),
            elements=tuple(plain.text(one, plain.CODE) for one in plain.row(found["elements"], least=1)),
            records=records,
            serves=plain.text(found["serves"], plain.CODE),
            words=plain.text(found["words"], plain.HASH),
            until=plain.number(found["until"]),
            told=plain.text(found["told"], _DAY),
            needed=plain.number(found["needed"], least=1, most=seats),
            seats=seats,
            recipient=plain.text(found["recipient"], plain.RECIPIENT),
        )

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON has it."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {**said, "elements": list(self.elements), "records": list(self.records)}

    @property
    def hash(self) -> bytes:
        """SHA-256 of the canonical form (RFC 8785), 32 bytes: what is confirmed and recorded."""
        return sha256(rfc8785.dumps(self.plain))

    @property
    def recipient_hash(self) -> bytes:
        """SHA-256 of the recipient's text, 32 bytes."""
        return sha256(self.recipient.encode())

    @property
    def public(self) -> Mapping[str, bytes | int]:
        """What the ledger says of it in the open."""
        return {
            "action": self.hash,
            "recipient_hash": self.recipient_hash,
            "needed": self.needed,
            "seats": self.seats,
        }
