# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sealed words of one judgement of a likeness, and the hash by which two people's signatures meet."""

import json
from dataclasses import asdict, dataclass
from typing import Self

import rfc8785

from watchword.cases.rules.judged import Verdict
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import sha256


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What one person made of something. ``salt``: random, so that nobody finds the verdict by trying hashes.

    Each room adds what it is about.
    """

    verdict: Verdict
    reason: str
    salt: str

    def encode(self) -> bytes:
        """Canonical JSON (RFC 8785)."""
        return rfc8785.dumps({**asdict(self), "verdict": self.verdict.value})

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical bytes, in hexadecimal."""
        return sha256(self.encode()).hex()

    @classmethod
    def decode(cls, payload: bytes, *, expected: str) -> Self:
        """What was sealed; WrongState when it does not have the hash that was recorded."""
        try:
            found = json.loads(payload)
            judgement = cls(**{**found, "verdict": Verdict(found["verdict"])})
        except (ValueError, KeyError, TypeError, RecursionError):
            judgement = None
        if judgement is None or judgement.hash != expected:
            raise WrongState(sentence("The sealed judgement is not the one that was recorded."))
        return judgement
