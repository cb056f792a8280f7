# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is split anew, as a stranger verifies it: who agreed, who asks, and from which seats shares come."""

import hashlib

import pytest

from tests.core.ledger.book import (
    ADA,
    CASE,
    CLEO,
    DORA,
    EVA,
    MORNING,
    Book,
    Person,
    examined,
    faults,
    founded,
    grant,
    open_session,
)
from watchword.core.ledger.acts import Act
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.spelling import to_base64url

AGREED, ACTION, KEY, OTHER = (
    to_base64url(hashlib.sha256(what).digest()) for what in (b"agreed", b"asked", b"once", b"other")
)
FINN, GITA = Person("Finn"), Person("Gita")
FIRST_SEAT = 1


@pytest.fixture
def book() -> Book:
    """Eva, Cleo, Finn and Gita hold four seats, of which two open; Ada and Dora administer."""
    book = founded()
    for person in (FINN, GITA):
        book.write(ADA, Act.STAFF_ENROL, {"staff": person.id, "key": to_base64url(person.key)})
        open_session(book, person)
    for seat, person in enumerate((EVA, CLEO, FINN, GITA), 1):
        grant(book, person, f"custodian-{seat}")
    return book


def agree(book: Book, *, first: Person = ADA, second: Person = DORA) -> None:
    for person, act in ((first, Act.RESPLIT_PROPOSE), (second, Act.RESPLIT_CONFIRM)):
        book.write(person, act, {"action": AGREED, "distrusted": FIRST_SEAT})


def ask(book: Book, by: Person = CLEO, ceremony: str = AGREED, action: str = ACTION) -> None:
    public: dict[str, JSON] = {"action": action, "recipient_hash": KEY, "needed": 2, "seats": 4, "cases": 1}
    book.write(by, Act.IDENTITY_BATCH, {**public, "until": MORNING + 60, "ceremony": ceremony})


def share(book: Book, by: Person) -> None:
    book.write(by, Act.IDENTITY_SHARE, {"action": ACTION})


def open_it(book: Book, by: Person = CLEO) -> None:
    book.write(by, Act.IDENTITY_OPEN, {"action": ACTION}, case=CASE)


def found(book: Book) -> list[Fault]:
    return [fault for fault, index in faults(examined(book.files())) if index is not None]


def test_two_agree_and_trusted_seats_ask_and_give_and_whose_asks_gives_as_well(book: Book) -> None:
    agree(book)
    ask(book)
    share(book, CLEO)
    open_it(book)
    assert found(book) == [Fault.RELEASE_FEW]
    share(book, FINN)
    open_it(book)
    book.write(ADA, Act.RESPLIT_END, {"action": AGREED})
    assert found(book) == [Fault.RELEASE_FEW]
    open_it(book)
    ask(book, action=OTHER)
    assert found(book) == [Fault.RELEASE_FEW, Fault.RELEASE_OVER, Fault.RELEASE_UNASKED]


def test_without_a_second_administrator_or_after_it_was_dropped_nobody_asks(book: Book) -> None:
    book.write(EVA, Act.RESPLIT_PROPOSE, {"action": AGREED, "distrusted": FIRST_SEAT})
    agree(book, second=ADA)
    ask(book)
    book.write(DORA, Act.RESPLIT_DROP, {"action": AGREED})
    book.write(DORA, Act.RESPLIT_CONFIRM, {"action": AGREED, "distrusted": FIRST_SEAT})
    ask(book, action=OTHER)
    book.write(DORA, Act.RESPLIT_END, {"action": OTHER})
    assert found(book) == [
        Fault.ROLE_MISSING,
        Fault.SECOND_SELF,
        Fault.RELEASE_UNASKED,
        Fault.RELEASE_UNASKED,
        Fault.SECOND_UNPROPOSED,
    ]


def test_neither_a_distrusted_seat_nor_somebody_without_one_asks_or_gives(book: Book) -> None:
    agree(book)
    for who in (EVA, DORA):
        ask(book, by=who, action=OTHER)
    ask(book)
    share(book, EVA)
    share(book, FINN)
    share(book, GITA)
    open_it(book, by=FINN)
    open_it(book)
    assert found(book) == [*[Fault.SEAT_DISTRUSTED] * 3, Fault.RELEASE_ANOTHER]
