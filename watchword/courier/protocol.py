# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Desk says to the Gate: six requests, each signed and each with a number used once.

Pure: bytes in, bytes out. docs/spec/courier.md is the normative text.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import rfc8785

from watchword.core.sealing import primitives

HEADER = "Watchword-Courier"
LABEL = b"watchword/courier/v1\x00"
VERSION = 1
PARCELS, ENTRY, ACKNOWLEDGE, DELIVER = "parcels", "entry", "acknowledge", "deliver"
CARDS, CLONES = "cards", "clones"
PATHS = frozenset({PARCELS, ENTRY, ACKNOWLEDGE, DELIVER, CARDS, CLONES})
# JSON numbers are exact up to here in every language.
LARGEST_COUNTER = 2**53 - 1
STAMP = re.compile(r"([1-9][0-9]{0,15})\.([A-Za-z0-9+/]{86}==)")

Fields = dict[str, object]


class NotOurs(Exception):
    """The request is not from the Desk's courier; nothing more is said to whoever sent it."""


@dataclass(frozen=True)
class Stamp:
    """The header's value: the request's number and the courier's signature."""

    counter: int
    signature: bytes

    def __str__(self) -> str:
        return f"{self.counter}.{base64.b64encode(self.signature).decode()}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        match = STAMP.fullmatch(text)
        if match is None or int(match[1]) > LARGEST_COUNTER:
            raise NotOurs
        try:
            return cls(int(match[1]), base64.b64decode(match[2], validate=True))
        except binascii.Error:
            raise NotOurs from None


def signed_text(path: str, counter: int, body: bytes) -> bytes:
    """What is signed: the label, the path, the number and the hash of the body, none of them ambiguous."""
    return LABEL + f"{path}\x00{counter}\x00".encode() + primitives.sha256(body)


def stamp(path: str, counter: int, body: bytes, sign: Callable[[bytes], bytes]) -> Stamp:
    return Stamp(counter, sign(signed_text(path, counter, body)))


def check(path: str, header: str, body: bytes, courier: bytes) -> int:
    """The request's number, when ``courier`` (an Ed25519 public key) signed it; else NotOurs."""
    given = Stamp.parse(header)
    if path not in PATHS:
        raise NotOurs
    if not primitives.ed25519_verify(courier, signed_text(path, given.counter, body), given.signature):
        raise NotOurs
    return given.counter


def encode(fields: Fields) -> bytes:
    return rfc8785.dumps({"v": VERSION, **fields})  # type: ignore[dict-item]  # values are JSON by contract


def decode(body: bytes) -> Fields:
    """The fields of a request; NotOurs unless it is one JSON object of this version."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise NotOurs from None
    version = fields.pop("v", None) if isinstance(fields, dict) else None
    # True and 1.0 equal 1 here, and are no version of ours.
    if type(version) is not int or version != VERSION:
        raise NotOurs
    return dict(fields)
