# SPDX-License-Identifier: AGPL-3.0-or-later
"""The auditors' book: which cases are invented, and how far auditors have looked at who opened one.

At rest it is one sealed piece of one size, whatever stands in it; its key lies in the key store. The format
is in docs/spec/watch-book.md.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from watchword.core.ledger import canonical
from watchword.core.ledger.errors import Malformed
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.keystore import derived
from watchword.core.sealing.primitives import open_bound, seal_bound

SIZE = 16 * 1024
MOST_INVENTED = 24
"""More would show in the figures, and that many lives nobody invents well."""

MOST_LOOKS = 20
_VERSION = 1
_BOUND = b"watchword/watch-book/v1\0"


class Change(StrEnum):
    """What two people do to the book."""

    MARK = "mark"
    UNMARK = "unmark"


@dataclass(frozen=True)
class Invented:
    """A case of nobody. ``since``: how long the log was when it was marked; what came later alarms."""

    case: str
    since: int
    asked_by: str
    second: str


@dataclass(frozen=True)
class Asked:
    """What one person has asked for and another has not confirmed yet."""

    change: Change
    case: str
    by: str
    at: str


@dataclass(frozen=True)
class Look:
    """That somebody looked at alarms; what they found lies sealed in ``record``."""

    by: str
    at: str
    record: str


@dataclass(frozen=True)
class Book:
    """Everything that stands in it. ``seen_to``: how much of the log was looked at; newest ``looks`` last."""

    invented: tuple[Invented, ...] = ()
    asked: Asked | None = None
    seen_to: int = 0
    looks: tuple[Look, ...] = ()

    def of(self, case: str) -> Invented | None:
        """What stands in it of this case."""
        return next((one for one in self.invented if one.case == case), None)

    def encode(self) -> bytes:
        """Canonical JSON, and spaces up to the one size."""
        written = canonical.encode({"v": _VERSION, **asdict(self)})
        if len(written) > SIZE:
            raise WrongState(sentence("The auditors’ book is full."))
        return written.ljust(SIZE)


def decode(data: bytes) -> Book:
    """The book whose one form is exactly ``data``; WrongState for any other bytes."""
    try:
        written = json.loads(data)
        book = _book(**written)
        same = written["v"] == _VERSION and book.encode() == data
    except (KeyError, TypeError, ValueError, RecursionError, Malformed):
        same = False
    if not same:
        raise WrongState(sentence("The auditors’ book is damaged: it is not what was written."))
    return book


def seal_book(book: Book, *, secret: bytes, uid: str) -> bytes:
    """The book as it is stored, under the key that follows from ``secret``."""
    return seal_bound(derived(secret, "watch-book"), book.encode(), _BOUND + uid.encode())


def open_book(sealed: bytes, *, secret: bytes, uid: str) -> Book:
    """The book again; WrongState where it was changed, or is sealed under another secret."""
    try:
        return decode(open_bound(derived(secret, "watch-book"), sealed, _BOUND + uid.encode()))
    except SealingError as error:
        raise WrongState(sentence("The auditors’ book is damaged: it is not what was written.")) from error


def moment(at: datetime) -> str:
    """A minute as it is written here."""
    return at.replace(second=0, microsecond=0).isoformat()


def _book(*, v: int, invented: Any, asked: Any, seen_to: int, looks: Any) -> Book:  # noqa: ARG001 - compared by the caller
    waiting = Asked(**{**asked, "change": Change(asked["change"])}) if asked else None
    return Book(
        tuple(Invented(**one) for one in invented), waiting, seen_to, tuple(Look(**one) for one in looks)
    )
