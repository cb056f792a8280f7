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
from typing import Any

import rfc8785

from watchword.core.sealing import primitives
from watchword.trust import enclosed
from watchword.trust.enclosed import Enclosed
from watchword.trust.manifest import Manifest

LABEL = b"watchword/letter/v1\x00"
LISTS = {"asks", "received"}
FIELDS = LISTS | {
    "opened",
    "case",
    "day",
    "files",
    "kind",
    "language",
    "needs_answer",
    "number",
    "stage",
    "subject",
    "text",
}


class Forged(Exception):
    """This letter was not written by the Desk, or not for this mailbox."""


@dataclass(frozen=True)
class Opened:
    """How often one compartment was opened for one purpose, and the day of the last time; never by whom."""

    compartment: str
    purpose: str
    times: int
    last: date

    def fields(self) -> dict[str, str | int]:
        return {**asdict(self), "last": self.last.isoformat()}


@dataclass(frozen=True)
class Letter:
    """What the applicant reads. ``case`` is 32 hex digits; ``number`` counts from 1 within the case.

    ``kind`` is "status" for a letter that carries only the stage, else the name of its template.
    ``asks`` names the sections that the applicant may send as of this letter, ``received`` those of them that
    the Desk has. Without a genuine letter that asks, no Gate of ours asks anybody who they are.
    ``opened``: what was opened of the application up to that day, so that its owner knows, too.
    ``files`` are named in what is signed by their hashes, and carried beside it.
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
    opened: tuple[Opened, ...] = ()
    files: tuple[Enclosed, ...] = ()

    def canonical(self) -> bytes:
        return rfc8785.dumps(self.fields())

    def fields(self) -> dict[str, Any]:
        """The members of the signed text, as JSON."""
        lists = {"asks": list(self.asks), "received": list(self.received)}
        opened = [one.fields() for one in self.opened]
        files = [one.fields() for one in self.files]
        return {
            **asdict(self),
            "day": self.day.isoformat(),
            **lists,
            "opened": opened,
            "files": files,
        }


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
            "files": enclosed.written(letter.files),
            "ed25519": base64.b64encode(signer.ed25519(signed)).decode(),
            "mldsa44": base64.b64encode(signer.mldsa44(signed)).decode(),
        }
    )


def read(data: bytes, manifest: Manifest, case: str) -> Letter:
    """The letter, when the Desk of this manifest signed it for this case; else Forged."""
    try:
        parts = json.loads(data)
        letter = _parse(parts["letter"], parts["files"])
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


def _parse(fields: object, carried: object) -> Letter:
    if not isinstance(fields, dict) or set(fields) != FIELDS:
        raise ValueError
    texts = ("case", "kind", "language", "subject", "text", "stage", "day")
    if not all(isinstance(fields[name], str) for name in texts):
        raise ValueError
    if type(fields["number"]) is not int or type(fields["needs_answer"]) is not bool:
        raise ValueError
    lists = {name: _names(fields[name]) for name in LISTS}
    opened = _openings(fields["opened"])
    files = enclosed.read(fields["files"], carried)
    day = date.fromisoformat(fields["day"])
    return Letter(**{**fields, **lists, "opened": opened, "files": files, "day": day})


def _openings(value: object) -> tuple[Opened, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_opening(one) for one in value)


def _opening(value: object) -> Opened:
    if not isinstance(value, dict) or set(value) != {"compartment", "purpose", "times", "last"}:
        raise ValueError
    compartment, purpose, times, last = (value[name] for name in ("compartment", "purpose", "times", "last"))
    if not all(isinstance(text, str) for text in (compartment, purpose, last)) or type(times) is not int:
        raise ValueError
    return Opened(compartment, purpose, times, date.fromisoformat(last))


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError
    return tuple(value)
