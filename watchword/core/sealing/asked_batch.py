# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that custodians agree to when many cases are asked for at once: one form, and its hash.

As with a request of one case, a custodian's own machine makes the same hash from what it shows.
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

MOST_CASES = 200
"""Custodians must be able to picture what they agree to, and what fails is asked for again."""

_CEREMONY = re.compile("|[0-9a-f]{64}")
_RECORD = re.compile("[0-9a-f]{32}/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AskedBatch:
    """What is agreed to. ``run``: the code of the program that opens it; ``until``: seconds since 1970.

    ``records``: CASE/SHA-256 of each sealed body, in their order, of as many different ``cases``;
    ``recipient``: the one-time key that shares are sealed to, so that nobody can exchange it. ``ceremony``:
    the hash of the one by which it splits anew, in hex; empty of all others.
    """

    run: str
    asked_by: str
    elements: tuple[str, ...]
    records: tuple[str, ...]
    cases: int
    until: int
    needed: int
    seats: int
    recipient: str
    ceremony: str = ""

    @classmethod
    def read(cls, value: object) -> "AskedBatch":
        """Read what ``plain`` wrote; Malformed for anything else, and for another number of cases."""
        found = plain.members(value, set(cls.__slots__))
        seats = plain.number(found["seats"], least=1, most=MOST_SHARES)
        records = tuple(plain.text(one, _RECORD) for one in plain.row(found["records"], least=1))
        cases = plain.number(found["cases"], least=1, most=MOST_CASES)
        if list(records) != sorted(set(records)) or len({one.split("/")[0] for one in records}) != cases:
            raise Malformed(plain.NOT_A_FILE)
        return cls(
            run=plain.text(found["run"], plain.CODE),
            asked_by=plain.text(found["asked_by"], plain.PERSON),
            elements=tuple(plain.text(one, plain.CODE) for one in plain.row(found["elements"], least=1)),
            records=records,
            cases=cases,
            until=plain.number(found["until"]),
            needed=plain.number(found["needed"], least=1, most=seats),
            seats=seats,
            recipient=plain.text(found["recipient"], plain.RECIPIENT),
            ceremony=plain.text(found["ceremony"], _CEREMONY),
        )

    @property
    def plain(self) -> dict[str, Any]:
        """The same as JSON has it; its ``run`` tells it from a request of one case."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {**said, "elements": list(self.elements), "records": list(self.records)}

    @property
    def hash(self) -> bytes:
        """SHA-256 of the canonical form (RFC 8785), 32 bytes: what is confirmed and recorded."""
        return sha256(rfc8785.dumps(self.plain))

    @property
    def public(self) -> Mapping[str, bytes | int]:
        """What the ledger says of it in the open; the end in minutes, as its entries have their times."""
        named: dict[str, bytes | int] = {"ceremony": bytes.fromhex(self.ceremony)} if self.ceremony else {}
        return named | {
            "action": self.hash,
            "recipient_hash": sha256(self.recipient.encode()),
            "needed": self.needed,
            "seats": self.seats,
            "cases": self.cases,
            "until": self.until // 60,
        }
