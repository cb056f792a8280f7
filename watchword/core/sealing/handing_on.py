# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two files by which a seat that is held outside goes on to its next key: headers, and headers anew."""

from dataclasses import dataclass
from typing import Any

import rfc8785

from watchword.core.sealing import base64, plain, seat
from watchword.core.sealing.answer import check_for_one, read_signature
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seat import SeatAddress

WHAT, WHAT_ANEW = "headers", "headers-anew"


@dataclass(frozen=True, slots=True)
class Headers:
    """Age headers by the uid of their records; ``manifest``: the signed list that names the next key."""

    headers: dict[str, bytes]
    manifest: str
    seat: str


@dataclass(frozen=True, slots=True)
class HeadersAnew:
    """For each record the hash of its old header and the new one; ``unopened``: not sealed to the old key."""

    headers: dict[str, tuple[str, bytes]]
    recipient: str
    seat: str
    unopened: tuple[str, ...]

    @property
    def members(self) -> dict[str, Any]:
        """The same as JSON has it, unsigned."""
        return {
            "headers": {
                uid: {"new": base64.encode(new), "old": old} for uid, (old, new) in self.headers.items()
            },
            "recipient": self.recipient,
            "seat": self.seat,
            "unopened": list(self.unopened),
        }

    @property
    def said(self) -> bytes:
        """The bytes that are signed."""
        return rfc8785.dumps(self.members)


def pack(found: Headers) -> bytes:
    """The file for the old holder's machine."""
    headers = {uid: base64.encode(header) for uid, header in found.headers.items()}
    return plain.write(WHAT, {"headers": headers, "manifest": found.manifest, "seat": found.seat})


def unpack(raw: bytes) -> Headers:
    """The file that ``pack`` wrote; Malformed for any other bytes."""
    found = plain.read(raw, WHAT, {"headers", "manifest", "seat"})
    headers = {uid: plain.data(one) for uid, one in _by_uid(found["headers"]).items()}
    return Headers(headers, plain.text(found["manifest"]), plain.text(found["seat"], plain.CODE))


def pack_anew(made: HeadersAnew, identity: Identity) -> bytes:
    """The file that goes back, signed with the old key."""
    signature = seat.sign(identity, made.said)
    return plain.write(WHAT_ANEW, {**made.members, "signature": signature.hex()})


def unpack_anew(raw: bytes, address: SeatAddress) -> HeadersAnew:
    """The file that ``pack_anew`` wrote; Malformed for other bytes, Tampered unless this key signed it."""
    found = plain.read(raw, WHAT_ANEW, {"headers", "recipient", "seat", "signature", "unopened"})
    made = HeadersAnew(
        headers={uid: _anew(one) for uid, one in _by_uid(found["headers"]).items()},
        recipient=plain.text(found["recipient"], plain.RECIPIENT),
        seat=plain.text(found["seat"], plain.CODE),
        unopened=tuple(plain.text(one, plain.CASE) for one in plain.row(found["unopened"])),
    )
    address.check(made.said, read_signature(found["signature"]))
    return made


def _by_uid(value: object) -> dict[str, Any]:
    found: dict[str, Any] = value if isinstance(value, dict) else {"": value}
    return {plain.text(uid, plain.CASE): one for uid, one in found.items()}


def _anew(value: object) -> tuple[str, bytes]:
    found = plain.members(value, {"new", "old"})
    header = plain.data(found["new"])
    check_for_one(header)
    return plain.text(found["old"], plain.HASH), header
