# SPDX-License-Identifier: AGPL-3.0-or-later
"""An authenticator of software and the browser around it, for tests that need every wrong answer as well."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from watchword.accounts.passkeys import PRF_INPUT, Purpose, challenge_of
from watchword.accounts.session_tickets import read_session_ticket
from watchword.core.ledger.spelling import to_base64url
from watchword.core.refusals import WrongState

SITE = "desk.example"
ORIGIN = f"https://{SITE}"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def challenge_in(ticket: str) -> bytes:
    """What a page asks of a passkey beside this ticket, however old it is; of one that is none, anything."""
    for purpose in (Purpose.LOG_IN, Purpose.UNLOCK):
        try:
            return read_session_ticket(ticket, purpose, LONG_AGO).challenge
        except WrongState:
            continue
    return bytes(32)


@dataclass
class Authenticator:
    """One passkey; ``has_prf``: whether the device gives a secret. The rest is there to do wrong with."""

    number: int = 1
    has_prf: bool = True
    count: int = 0
    counts: bool = True
    verified: bool = True
    site: str = SITE
    origin: str = ORIGIN
    key: ec.EllipticCurvePrivateKey = field(init=False)

    def __post_init__(self) -> None:
        self.key = ec.derive_private_key(self.number + 1000, ec.SECP256R1())

    @property
    def credential(self) -> str:
        return to_base64url(hashlib.sha256(f"credential {self.number}".encode()).digest()[:20])

    def makes(self, ticket: str) -> str:
        """The answer to a challenge to make this passkey."""
        client = self._client("webauthn.create", challenge_of(ticket))
        raw = self._raw_id()
        key = len(raw).to_bytes(2) + raw + cbor2.dumps(self._cose())
        attested = cbor2.dumps(
            {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + bytes(16) + key}
        )
        return self._answer({"clientDataJSON": client, "attestationObject": attested})

    def answers(self, ticket: str) -> str:
        """The answer to the challenge of a session's ticket."""
        return self.signs(challenge_in(ticket))

    def signs(self, challenge: bytes) -> str:
        """The answer to any challenge."""
        self.count += self.counts
        client, data = self._client("webauthn.get", challenge), self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def _client(self, kind: str, challenge: bytes) -> bytes:
        said = {"type": kind, "challenge": to_base64url(challenge), "origin": self.origin}
        return json.dumps({**said, "crossOrigin": False}, separators=(",", ":")).encode()

    def _data(self, more: int = 0) -> bytes:
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _answer(self, response: dict[str, bytes]) -> str:
        said: dict[str, object] = {"id": self.credential, "rawId": self.credential, "type": "public-key"}
        said["response"] = {name: to_base64url(value) for name, value in response.items()}
        if self.has_prf:
            secret = hmac.digest(f"secret {self.number}".encode(), PRF_INPUT, "sha256")
            said["prf"] = to_base64url(secret)
        return json.dumps(said)

    def _raw_id(self) -> bytes:
        return hashlib.sha256(f"credential {self.number}".encode()).digest()[:20]

    def _cose(self) -> dict[int, object]:
        point = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
