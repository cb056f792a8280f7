# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file that the Desk encloses in a letter: named by its hash in what is signed, carried beside it."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from watchword.core.sealing.primitives import sha256

# In base64 and sealed, with its letter, it stays under what the courier carries in one request.
LARGEST = 150_000


@dataclass(frozen=True)
class Enclosed:
    """One file of a letter; ``content`` has at most LARGEST bytes."""

    name: str
    content: bytes

    def fields(self) -> dict[str, str | int]:
        """What the signature covers."""
        return {"name": self.name, "size": len(self.content), "sha256": sha256(self.content).hex()}


def written(files: Sequence[Enclosed]) -> list[str]:
    """The bytes beside a letter, in the order in which it names them."""
    return [base64.b64encode(file.content).decode() for file in files]


def read(named: object, carried: object) -> tuple[Enclosed, ...]:
    """The files that a letter names, when just these bytes came with it; else ValueError."""
    if not isinstance(named, list) or not isinstance(carried, list) or len(named) != len(carried):
        raise ValueError
    return tuple(_read(fields, text) for fields, text in zip(named, carried, strict=True))


def _read(fields: object, text: object) -> Enclosed:
    if not isinstance(fields, dict) or not isinstance(fields.get("name"), str) or not isinstance(text, str):
        raise ValueError
    try:
        file = Enclosed(fields["name"], base64.b64decode(text, validate=True))
    except binascii.Error:
        raise ValueError from None
    if file.fields() != fields:
        raise ValueError
    return file
