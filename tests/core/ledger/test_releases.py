# SPDX-License-Identifier: AGPL-3.0-or-later
"""What nobody opens alone, as a stranger verifies it: who asked, how many gave a share, who opened."""

import hashlib

import pytest

from tests.core.ledger.book import (
    ADA,
    BEN,
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

ACTION = to_base64url(hashlib.sha256(b"the relatives of Dov").digest())
FINN = Person("Finn")
OTHER, THIRD = b"\x02" * 32, b"\x03" * 32
KEY = to_base64url(hashlib.sha256(b"a key for once").digest())


@pytest.fixture
def book() -> Book:
    """Eva, Cleo and Finn hold three seats, of which two open; Ben vets, and Dora administers."""
    book = founded()
    book.write(ADA, Act.STAFF_ENROL, {"staff": FINN.id, "key": to_base64url(FINN.key)})
    open_session(book, FINN)
    for seat, person in enumerate((EVA, CLEO, FINN), 1):
        grant(book, person, f"custodian-{seat}")
    return book


def ask(book: Book, by: Person = BEN, act: Act = Act.IDENTITY_REQUEST) -> None:
    public: dict[str, JSON] = {"action": ACTION, "recipient_hash": KEY, "needed": 2, "seats": 3}
    book.write(by, act, public, case=CASE)


def step(book: Book, by: Person, act: Act = Act.IDENTITY_SHARE, case: bytes = CASE) -> None:
    book.write(by, act, {"action": ACTION}, case=case)


def found(book: Book) -> list[Fault]:
    return [fault for fault, index in faults(examined(book.files())) if index is not None]


def test_enough_shares_open_it_to_whoever_asked_until_it_is_ended(book: Book) -> None:
    ask(book)
    step(book, EVA)
    step(book, CLEO)
    step(book, BEN, Act.IDENTITY_OPEN)
    assert found(book) == []
    step(book, DORA, Act.IDENTITY_OPEN)
    step(book, BEN, Act.IDENTITY_END)
    step(book, BEN, Act.IDENTITY_OPEN)
    step(book, FINN)
    assert found(book) == [Fault.RELEASE_ANOTHER, Fault.RELEASE_OVER, Fault.RELEASE_OVER]


def test_nothing_opens_that_nobody_asked_for_or_with_too_few_or_doubled_shares(book: Book) -> None:
    step(book, BEN, Act.IDENTITY_OPEN)
    step(book, EVA)
    ask(book)
    ask(book)
    step(book, EVA)
    step(book, EVA)
    step(book, EVA, Act.IDENTITY_REFUSE)
    step(book, DORA)
    step(book, CLEO, case=b"\x01" * 32)
    step(book, BEN, Act.IDENTITY_OPEN)
    assert found(book) == [
        *[Fault.RELEASE_UNASKED] * 2,
        *[Fault.RELEASE_TWICE] * 3,
        Fault.ROLE_MISSING,
        Fault.RELEASE_UNASKED,
        Fault.RELEASE_FEW,
    ]


def test_two_refusals_of_three_are_for_good_and_nobody_answers_their_own_request(book: Book) -> None:
    ask(book, by=EVA)
    step(book, EVA)
    step(book, CLEO, Act.IDENTITY_REFUSE)
    step(book, FINN, Act.IDENTITY_REFUSE)
    step(book, EVA, Act.IDENTITY_OPEN)
    assert found(book) == [Fault.RELEASE_SELF, Fault.RELEASE_OVER]


def test_a_broken_glass_counts_the_askers_share_and_is_looked_at_by_a_third(book: Book) -> None:
    ask(book, by=BEN, act=Act.IDENTITY_BREAK)
    ask(book, by=EVA, act=Act.IDENTITY_BREAK)
    step(book, EVA, Act.IDENTITY_OPEN)
    step(book, CLEO)
    step(book, EVA, Act.IDENTITY_OPEN)
    for reviewer in (EVA, CLEO, BEN, FINN):
        step(book, reviewer, Act.IDENTITY_REVIEW)
    assert found(book) == [
        Fault.ROLE_MISSING,
        Fault.RELEASE_FEW,
        *[Fault.RELEASE_SELF] * 2,
        Fault.ROLE_MISSING,
    ]


def ask_batch(book: Book, cases: int = 2, by: Person = BEN, case: bytes = b"") -> None:
    public: dict[str, JSON] = {"action": ACTION, "recipient_hash": KEY, "needed": 2, "seats": 3}
    book.write(by, Act.IDENTITY_BATCH, {**public, "cases": cases, "until": MORNING + 60}, case=case)


def open_of_batch(book: Book, case: bytes, by: Person = BEN, at: int = MORNING) -> None:
    book.write(by, Act.IDENTITY_OPEN, {"action": ACTION}, case=case, at=at)


def test_a_batch_opens_as_many_cases_as_it_was_asked_for_again_and_again_until_its_end(book: Book) -> None:
    ask_batch(book)
    for custodian in (EVA, CLEO):
        step(book, custodian, case=b"")
    for case in (OTHER, CASE, OTHER):
        open_of_batch(book, case, at=MORNING + 59)
    assert found(book) == []
    open_of_batch(book, THIRD)
    open_of_batch(book, b"")
    open_of_batch(book, CASE, by=DORA)
    open_of_batch(book, CASE, at=MORNING + 60)
    step(book, BEN, Act.IDENTITY_END, case=b"")
    open_of_batch(book, CASE)
    assert found(book) == [
        Fault.RELEASE_MANY,
        Fault.RELEASE_UNASKED,
        Fault.RELEASE_ANOTHER,
        Fault.RELEASE_OVER,
        Fault.RELEASE_OVER,
    ]


def test_a_batch_is_asked_of_no_single_case_and_takes_its_own_shares_alone(book: Book) -> None:
    ask_batch(book, case=CASE)
    open_of_batch(book, CASE)
    ask_batch(book)
    ask_batch(book)
    step(book, BEN, case=b"")
    step(book, EVA, case=b"")
    # Shares that name a case are of a request of that case, and there is none.
    for custodian in (CLEO, FINN):
        step(book, custodian)
    open_of_batch(book, CASE)
    for custodian in (CLEO, FINN):
        step(book, custodian, Act.IDENTITY_REFUSE, case=b"")
    open_of_batch(book, CASE)
    assert found(book) == [
        *[Fault.RELEASE_UNASKED] * 2,
        Fault.RELEASE_TWICE,
        Fault.ROLE_MISSING,
        Fault.RELEASE_SELF,
        *[Fault.RELEASE_UNASKED] * 2,
        Fault.RELEASE_FEW,
        Fault.RELEASE_OVER,
    ]
