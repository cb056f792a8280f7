# SPDX-License-Identifier: AGPL-3.0-or-later
"""A letter in the mailbox: words of the Desk, signed so that no Gate and no clone can make them up.

The signed text names the case and the number of the letter, so a genuine letter cannot be shown to
another applicant or replayed as a newer one. Both signatures must hold: Ed25519 for today, ML-DSA-44
for a reader who keeps the letter until quantum computers exist. Format: docs/spec/courier.md.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

import rfc8785

from watchword.core.sealing import primitives
from watchword.trust.manifest import Manifest

LABEL = b"watchword/letter/v1\x00"
LISTS = {"asks", "received"}
FIELDS = LISTS | {"case", "day", "kind", "language", "needs_answer", "number", "stage", "subject", "text"}


class Forged(Exception):
    """This letter was not written by the Desk, or not for this mailbox."""


@dataclass(frozen=True)
class Letter:
    """What the applicant reads. ``case`` is 32 hex digits; ``number`` counts from 1 within the case.

    ``kind`` is "status" for a letter that carries only the stage, else the name of its template.
    ``asks`` names the sections that the applicant may send as of this letter, ``received`` those of them that
    the Desk has. Without a genuine letter that asks, no Gate of ours asks anybody who they are.
    """

    case: str
    number: int
    kind: str
    day: date
    language: str
    subject: str
    text: str
    needs_answer: bool
    stage: str
    asks: tuple[str, ...] = ()
    received: tuple[str, ...] = ()

    def canonical(self) -> bytes:
        return rfc8785.dumps(self.fields())

    def fields(self) -> dict[str, str | int | bool | list[str]]:
        """The members of the signed text."""
        lists = {"asks": list(self.asks), "received": list(self.received)}
        return {**asdict(self), "day": self.day.isoformat(), **lists}


@dataclass(frozen=True)
class DeskSigner:
    """The two keys with which the Desk signs its letters; they live on the Desk's host alone."""

    ed25519: Callable[[bytes], bytes]
    mldsa44: Callable[[bytes], bytes]


def write(letter: Letter, signer: DeskSigner) -> bytes:
    """The letter with both signatures, ready to be framed and sealed to the mailbox."""
    signed = LABEL + letter.canonical()
    return rfc8785.dumps(
        {
            "letter": letter.fields(),
            "ed25519": base64.b64encode(signer.ed25519(signed)).decode(),
            "mldsa44": base64.b64encode(signer.mldsa44(signed)).decode(),
        }
    )


def read(data: bytes, manifest: Manifest, case: str) -> Letter:
    """The letter, when the Desk of this manifest signed it for this case; else Forged."""
    try:
        parts = json.loads(data)
        letter = _parse(parts["letter"])
        ed25519 = base64.b64decode(parts["ed25519"], validate=True)
        mldsa44 = base64.b64decode(parts["mldsa44"], validate=True)
        # A number beyond JSON's or half a character has no canonical form, and would hide the other letters.
        signed = LABEL + letter.canonical()
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error, rfc8785.CanonicalizationError):
        raise Forged("this is not a letter of the Desk") from None
    if not (
        primitives.ed25519_verify(manifest.desk_ed25519, signed, ed25519)
        and primitives.mldsa44_verify(manifest.desk_mldsa44, signed, mldsa44)
    ):
        raise Forged("the Desk did not sign this letter")
    if letter.case != case:
        raise Forged("this letter was written for another mailbox")
    return letter


def _parse(fields: object) -> Letter:
    if not isinstance(fields, dict) or set(fields) != FIELDS:
        raise ValueError
    texts = ("case", "kind", "language", "subject", "text", "stage", "day")
    if not all(isinstance(fields[name], str) for name in texts):
        raise ValueError
    if type(fields["number"]) is not int or type(fields["needs_answer"]) is not bool:
        raise ValueError
    lists = {name: _names(fields[name]) for name in LISTS}
    return Letter(**{**fields, **lists, "day": date.fromisoformat(fields["day"])})


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError
    return tuple(value)
