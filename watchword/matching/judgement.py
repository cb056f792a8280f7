# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sealed words of one judgement of a link, and the hash by which two people's signatures meet."""

import json
from dataclasses import asdict, dataclass

import rfc8785

from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import sha256
from watchword.matching.rules import Verdict


@dataclass(frozen=True)
class Judgement:
    """What one person made of two cases. ``salt``: random, so that nobody finds the verdict by trying."""

    link: str
    cases: tuple[str, str]
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


def decode(payload: bytes, *, expected: str) -> Judgement:
    """What was sealed; WrongState when it does not have the hash that was recorded."""
    try:
        found = json.loads(payload)
        one, other = found["cases"]
        judgement = Judgement(**{**found, "verdict": Verdict(found["verdict"]), "cases": (one, other)})
    except (ValueError, KeyError, TypeError, RecursionError):
        judgement = None
    if judgement is None or judgement.hash != expected:
        raise WrongState(sentence("The sealed judgement is not the one that was recorded."))
    return judgement
