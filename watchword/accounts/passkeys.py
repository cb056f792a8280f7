# SPDX-License-Identifier: AGPL-3.0-or-later
"""WebAuthn as this Desk speaks it: one algorithm, the person verified, each challenge for one purpose."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

from django.core.signing import BadSignature, Signer
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import decode_credential_public_key
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.decode_credential_public_key import DecodedEC2PublicKey
from webauthn.helpers.exceptions import WebAuthnException

from watchword.core.ledger.assertion import Assertion
from watchword.core.ledger.errors import Malformed
from watchword.core.ledger.spelling import from_base64url, to_base64url
from watchword.core.refusals import NotPermitted, WrongState, sentence
from watchword.core.sealing.primitives import hkdf, random_bytes, sha256
from watchword.core.sealing.recipients import Identity

LIFE = timedelta(minutes=15)
PRF_INPUT = sha256(b"watchword/staff-passkey/v1/prf\0")
"""What every authenticator is asked about; its answer differs with each passkey, and is secret."""
_SALT = b"watchword/staff-passkey/v1"
_LONGEST = 8192
_ES256 = COSEAlgorithmIdentifier.ECDSA_SHA_256
_LOOPBACK = ("localhost", ".localhost", ".onion")


class Purpose(StrEnum):
    """What a challenge is for; an answer to one is none to another."""

    ADD = "add"
    LOG_IN = "log-in"
    UNLOCK = "unlock"


@dataclass(frozen=True)
class Site:
    """The name under which passkeys are made here, and where a browser may have asked for them."""

    name: str
    origins: tuple[str, ...]

    @classmethod
    def of(cls, host: str) -> "Site | None":
        """The site of a host that a request named and Django has checked; None where it is no name."""
        name = host.partition(":")[0]
        if _is_number(name):
            return None
        plain = name == _LOOPBACK[0] or name.endswith(_LOOPBACK[1:])
        # A web server with TLS stands before every other Desk; to us it speaks plain HTTP.
        return cls(name, (f"https://{host}", *((f"http://{host}",) if plain else ())))


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return name.startswith("[")
    return True


def new_ticket(purpose: Purpose, now: datetime, *said: str) -> str:
    """What a page carries so that the server need not remember which challenges it gave out."""
    parts = (random_bytes(32).hex(), *said, str(int((now + LIFE).timestamp())))
    return _signer(purpose).sign(".".join(parts))


def challenge_of(ticket: str) -> bytes:
    """The 32 bytes that the authenticator signs for this ticket, where it opens no session."""
    return sha256(b"watchword/ceremony/v1\0" + ticket.encode())


def read_ticket(ticket: str, purpose: Purpose, now: datetime) -> tuple[str, ...]:
    """The nonce of a ticket, and what it said besides.

    WrongState unless this Desk gave it for this purpose, lately.
    """
    try:
        *said, until = _signer(purpose).unsign(ticket).split(".")
    except BadSignature:
        said, until = [], "0"
    if now.timestamp() >= int(until):
        raise WrongState(sentence("This page was open for too long. Try once more."))
    return tuple(said)


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"watchword/passkey/{purpose}")


@dataclass(frozen=True, repr=False)
class Answer:
    """What a browser brought from an authenticator; ``prf`` is a secret, or empty where there is none."""

    credential: str
    written: Mapping[str, Any]
    prf: bytes

    @classmethod
    def read(cls, text: str) -> "Answer":
        """NotPermitted for anything that is no answer of a browser."""
        try:
            written: Any = json.loads(text) if len(text) <= _LONGEST else None
            prf = written.pop("prf", "")
            return cls(written["id"], written, from_base64url(prf, 32, what="prf") if prf else b"")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, Malformed):
            raise not_accepted() from None

    @property
    def identity(self) -> Identity | None:
        """What opens the copy of the keys that is sealed to this passkey, if the device gave its secret."""
        return Identity.from_seed(hkdf(self.prf, salt=_SALT, info=b"identity")) if self.prf else None

    def in_ledger(self, credential: bytes) -> Assertion:
        """The parts of an accepted answer as the ledger keeps them."""
        response = self.written["response"]
        written = {
            "authenticator": response["authenticatorData"],
            "client": response["clientDataJSON"],
            "proof": response["signature"],
        }
        try:
            parts = {
                name: from_base64url(text, len(text) * 3 // 4, what=name) for name, text in written.items()
            }
        except Malformed:
            raise not_accepted() from None
        return Assertion(credential=credential, **parts)


@dataclass(frozen=True)
class Made:
    """A new passkey: its credential id in base64url, its COSE key, and how often it was used."""

    credential: str
    public_key: bytes
    sign_count: int


def verify_made(answer: Answer, challenge: bytes, site: Site) -> Made:
    """A passkey that was made for this challenge; NotPermitted otherwise.

    No attestation is asked for: which make of key somebody has is nobody's business, and proves little.
    """
    try:
        made = verify_registration_response(
            credential=dict(answer.written),
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=list(site.origins),
            require_user_verification=True,
            supported_pub_key_algs=[_ES256],
        )
        coordinates(made.credential_public_key)
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
        raise not_accepted() from None
    return Made(to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def verify_used(answer: Answer, challenge: bytes, site: Site, public_key: bytes, sign_count: int) -> int:
    """The new count of a passkey that signed this challenge here, its owner verified; NotPermitted else."""
    try:
        used = verify_authentication_response(
            credential=dict(answer.written),
            expected_challenge=challenge,
            expected_rp_id=site.name,
            expected_origin=list(site.origins),
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError):
        raise not_accepted() from None
    return used.new_sign_count


def coordinates(public_key: bytes) -> tuple[bytes, bytes]:
    """The two coordinates of a P-256 key, 32 bytes each; ValueError for another kind of key."""
    key = decode_credential_public_key(public_key)
    if not isinstance(key, DecodedEC2PublicKey) or key.alg != _ES256 or len(key.x) != 32 or len(key.y) != 32:
        raise ValueError
    return key.x, key.y


def credential_hash(credential: str) -> bytes:
    """How the ledger names a passkey: the SHA-256 of its id's spelling in base64url."""
    return sha256(credential.encode())


def claim(staff_id: str, site_name: str, credential: str, public_key: bytes) -> bytes:
    """What a person's long-term key signs, so that nobody can slip a passkey into the database."""
    parts = (staff_id.encode(), site_name.encode(), credential.encode(), public_key.hex().encode())
    return b"watchword/staff-passkey/v1\0" + b"\0".join(parts)


def asking(challenge: bytes, site: Site, credentials: Iterable[str] = ()) -> dict[str, object]:
    """What the script hands to ``navigator.credentials.get``, binary values in base64url."""
    return {
        "challenge": to_base64url(challenge),
        "rpId": site.name,
        "allow": list(credentials),
        "prf": to_base64url(PRF_INPUT),
    }


def making(
    challenge: bytes, site: Site, *, staff_id: str, login: str, name: str, known: Iterable[str]
) -> dict[str, object]:
    """What the script hands to ``navigator.credentials.create``, binary values in base64url."""
    return {
        "challenge": to_base64url(challenge),
        "rpId": site.name,
        "person": {"id": to_base64url(bytes.fromhex(staff_id)), "name": login, "displayName": name},
        "known": list(known),
        "prf": to_base64url(PRF_INPUT),
    }


def not_accepted() -> NotPermitted:
    """One answer for every passkey that is wrong in any way."""
    return NotPermitted(sentence("This passkey was not accepted."))
