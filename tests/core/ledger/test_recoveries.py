# SPDX-License-Identifier: AGPL-3.0-or-later
"""Enrolling anew, as a stranger verifies it: two others, a day, and the asker's own key."""

from dataclasses import dataclass

from tests.core.ledger.book import ADA, BEN, CLEO, DORA, MORNING, Book, Person, examined, faults, founded
from watchword.core.ledger.acts import Act
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.recoveries import DELAY_MINUTES
from watchword.core.ledger.spelling import to_base64url

ANEW, CLAIM = Person("Cleo anew"), Person("Cleo's phrase")
LATER = MORNING + DELAY_MINUTES


@dataclass(frozen=True)
class Lost(Person):
    """Somebody who signs with another key than those of their name."""

    other: Person = CLAIM

    def sign(self, key: bytes, message: bytes) -> bytes:
        return self.other.sign(key, message)


def step(book: Book, act: Act, by: Person, about: Person = CLEO) -> None:
    book.write(by, act, {"staff": about.id, "key": to_base64url(CLAIM.key)})


def renew(book: Book, *, by: Person = CLEO, at: int = LATER, signed: Person = CLAIM) -> None:
    public = {"staff": by.id, "key": to_base64url(ANEW.key)}
    book.write(Lost(by.name, signed), Act.STAFF_RENEW, public, at=at, key=signed.key)


def approved() -> Book:
    book = founded()
    step(book, Act.RECOVERY_APPROVE, ADA)
    step(book, Act.RECOVERY_SECOND, DORA)
    return book


def found(book: Book) -> list[Fault]:
    return [fault for fault, index in faults(examined(book.files())) if index is not None]


def test_two_approvals_a_day_and_the_askers_key_enrol_anew_and_end_the_old_sessions() -> None:
    book = approved()
    renew(book)
    assert found(book) == []
    book.write(CLEO, Act.PAD)
    renew(book)
    assert found(book) == [Fault.SESSION_CLOSED, Fault.RECOVERY_UNAPPROVED]


def test_one_approval_or_two_of_one_person_or_of_a_colleague_or_ones_own_are_not_enough() -> None:
    book = founded()
    step(book, Act.RECOVERY_SECOND, DORA)
    step(book, Act.RECOVERY_APPROVE, ADA)
    renew(book)
    step(book, Act.RECOVERY_SECOND, ADA)
    step(book, Act.RECOVERY_SECOND, BEN)
    renew(book)
    step(book, Act.RECOVERY_APPROVE, DORA, about=DORA)
    assert found(book) == [
        Fault.RECOVERY_UNAPPROVED,
        Fault.RECOVERY_UNAPPROVED,
        Fault.RECOVERY_SELF,
        Fault.ROLE_MISSING,
        Fault.RECOVERY_UNAPPROVED,
        Fault.RECOVERY_SELF,
    ]


def test_a_minute_too_early_another_key_or_for_somebody_else_does_not_count() -> None:
    book = approved()
    renew(book, at=LATER - 1)
    renew(book, signed=ANEW)
    renew(book, by=BEN)
    assert found(book) == [Fault.RECOVERY_EARLY, Fault.RECOVERY_UNAPPROVED, Fault.RECOVERY_UNAPPROVED]


def test_whoever_it_is_about_stops_it_and_a_colleague_does_not() -> None:
    book = approved()
    step(book, Act.RECOVERY_STOP, BEN)
    step(book, Act.RECOVERY_STOP, CLEO)
    renew(book)
    assert found(book) == [Fault.ROLE_MISSING, Fault.RECOVERY_UNAPPROVED]
