# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audit knows who had which right at each point of a log, and names every act done without it."""

import hashlib

import pytest

from tests.core.ledger.book import (
    ACTION,
    ADA,
    BEN,
    CASE,
    CLEO,
    DORA,
    EVA,
    MORNING,
    ORIGIN,
    Book,
    Person,
    decided,
    examined,
    faults,
    grant,
    open_session,
    role,
    seed,
)
from watchword.core.ledger.acts import ADMINISTRATOR, Act
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.entry import parse_entry
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.spelling import to_base64url

PROPOSED: dict[str, JSON] = {"action": ACTION}


@pytest.fixture
def book() -> Book:
    return decided()


# Forge a staff action.


def test_a_wrong_signature_is_named(book: Book) -> None:
    index = book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE, spoil=True)
    assert faults(examined(book.files())) == [(Fault.SIGNATURE_WRONG, index)]


def test_an_entry_by_a_key_that_no_session_endorsed_is_named(book: Book) -> None:
    index = book.write(Person("Mallory"), Act.COMPARTMENT_OPEN, case=CASE)
    assert faults(examined(book.files())) == [(Fault.STAFF_UNKNOWN, index)]


def test_an_entry_in_the_name_of_somebody_else_is_named(book: Book) -> None:
    class Impostor(Person):
        @property
        def id(self) -> str:
            return EVA.id

    index = book.write(Impostor("Ben"), Act.DECISION_SECOND, PROPOSED, case=CASE)
    assert (Fault.SESSION_UNKNOWN, index) in faults(examined(book.files()))


def test_a_session_opened_with_another_key_than_the_enrolled_one_is_named(book: Book) -> None:
    public: dict[str, JSON] = {"key": to_base64url(seed("stolen")), "until": MORNING + 1}
    index = book.write(CLEO, Act.SESSION_OPEN, public)
    assert faults(examined(book.files())) == [(Fault.SESSION_UNKNOWN, index)]


def test_an_expired_session_is_named(book: Book) -> None:
    index = book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE, at=MORNING + 481)
    assert faults(examined(book.files())) == [(Fault.SESSION_EXPIRED, index)]


def test_a_closed_session_signs_nothing_more(book: Book) -> None:
    book.write(CLEO, Act.SESSION_CLOSE)
    index = book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE)
    assert faults(examined(book.files())) == [(Fault.SESSION_CLOSED, index)]


def test_a_session_key_is_opened_once(book: Book) -> None:
    index = open_session(book, CLEO)
    assert faults(examined(book.files())) == [(Fault.SESSION_REUSED, index)]


def test_who_left_signs_nothing_more(book: Book) -> None:
    book.write(ADA, Act.STAFF_LEAVE, {"staff": CLEO.id})
    index = book.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE)
    assert faults(examined(book.files())) == [(Fault.STAFF_LEFT, index)]


# The two-person rule and the roles.


def test_nobody_seconds_their_own_proposal(book: Book) -> None:
    index = book.write(BEN, Act.DECISION_SECOND, PROPOSED, case=CASE)
    assert faults(examined(book.files())) == [(Fault.SECOND_SELF, index)]


def test_nobody_seconds_what_was_not_proposed(book: Book) -> None:
    other: dict[str, JSON] = {"action": to_base64url(seed("reject Dov"))}
    index = book.write(EVA, Act.DECISION_SECOND, other, case=CASE)
    assert faults(examined(book.files())) == [(Fault.SECOND_UNPROPOSED, index)]


def test_a_proposal_about_one_case_is_not_seconded_on_another(book: Book) -> None:
    index = book.write(EVA, Act.DECISION_SECOND, PROPOSED, case=seed("another case"))
    assert faults(examined(book.files())) == [(Fault.SECOND_UNPROPOSED, index)]


def test_only_the_board_seconds(book: Book) -> None:
    index = book.write(CLEO, Act.DECISION_SECOND, PROPOSED, case=CASE)
    assert faults(examined(book.files())) == [(Fault.ROLE_MISSING, index)]


def test_nobody_is_the_second_person_of_their_own_judgement(book: Book) -> None:
    for person in (BEN, CLEO):
        grant(book, person, "screening")
    unjudged = book.write(CLEO, Act.SCREENING_SECOND, PROPOSED, case=seed("another case"))
    book.write(BEN, Act.SCREENING_JUDGE, PROPOSED, case=seed("another case"))
    own = book.write(BEN, Act.SCREENING_SECOND, PROPOSED, case=seed("another case"))
    stranger = book.write(EVA, Act.SCREENING_SECOND, PROPOSED, case=seed("another case"))
    book.write(CLEO, Act.SCREENING_SECOND, PROPOSED, case=seed("another case"))
    assert faults(examined(book.files())) == [
        (Fault.SECOND_UNPROPOSED, unjudged),
        (Fault.SECOND_SELF, own),
        (Fault.ROLE_MISSING, stranger),
    ]


def test_a_revoked_role_counts_no_more(book: Book) -> None:
    book.write(ADA, Act.ROLE_REVOKE_NOW, role(EVA, "board"))
    index = book.write(EVA, Act.DECISION_SECOND, PROPOSED, case=CASE)
    assert faults(examined(book.files())) == [(Fault.ROLE_MISSING, index)]


def test_nobody_votes_twice(book: Book) -> None:
    book.write(EVA, Act.DECISION_VOTE, PROPOSED, case=CASE)
    index = book.write(EVA, Act.DECISION_VOTE, PROPOSED, case=CASE)
    assert faults(examined(book.files())) == [(Fault.VOTE_TWICE, index)]


def test_an_administrator_gets_nothing_for_herself_neither_by_asking_nor_by_agreeing(book: Book) -> None:
    asked = book.write(ADA, Act.ROLE_PROPOSE, role(ADA, "board"))
    book.write(DORA, Act.ROLE_PROPOSE, role(ADA, "board"))
    agreed = book.write(ADA, Act.ROLE_GRANT, role(ADA, "board"))
    second = book.write(ADA, Act.DECISION_SECOND, PROPOSED, case=CASE)
    assert faults(examined(book.files())) == [
        (Fault.GRANT_SELF, asked),
        (Fault.GRANT_SELF, agreed),
        (Fault.ROLE_MISSING, second),
    ]


def test_one_administrator_alone_gives_nothing(book: Book) -> None:
    unproposed = book.write(ADA, Act.ROLE_GRANT, role(CLEO, "board"))
    book.write(ADA, Act.ROLE_PROPOSE, role(CLEO, "board"))
    own = book.write(ADA, Act.ROLE_GRANT, role(CLEO, "board"))
    other = book.write(DORA, Act.ROLE_GRANT, role(CLEO, "screening"))
    second = book.write(CLEO, Act.DECISION_SECOND, PROPOSED, case=CASE)
    assert faults(examined(book.files())) == [
        (Fault.SECOND_UNPROPOSED, unproposed),
        (Fault.SECOND_SELF, own),
        (Fault.SECOND_UNPROPOSED, other),
        (Fault.ROLE_MISSING, second),
    ]


def test_a_proposal_serves_once_and_dies_with_its_withdrawal_and_with_its_author(book: Book) -> None:
    grant(book, CLEO, "screening")
    again = book.write(DORA, Act.ROLE_GRANT, role(CLEO, "screening"))
    book.write(DORA, Act.ROLE_PROPOSE, role(CLEO, "board"))
    book.write(ADA, Act.ROLE_DROP, role(CLEO, "board"))
    dropped = book.write(ADA, Act.ROLE_GRANT, role(CLEO, "board"))
    grant(book, BEN, ADMINISTRATOR)
    book.write(BEN, Act.ROLE_PROPOSE, role(CLEO, "board"))
    book.write(ADA, Act.ROLE_REVOKE_NOW, role(BEN, ADMINISTRATOR))
    orphan = book.write(DORA, Act.ROLE_GRANT, role(CLEO, "board"))
    assert faults(examined(book.files())) == [
        (Fault.SECOND_UNPROPOSED, again),
        (Fault.SECOND_UNPROPOSED, dropped),
        (Fault.SECOND_UNPROPOSED, orphan),
    ]


def test_taking_away_is_looked_at_by_another(book: Book) -> None:
    alone = book.write(ADA, Act.ROLE_REVOKE, role(BEN, "board"))
    book.write(ADA, Act.ROLE_REVOKE_NOW, role(BEN, "board"))
    own = book.write(ADA, Act.ROLE_REVOKE_SECOND, role(BEN, "board"))
    book.write(DORA, Act.ROLE_REVOKE_SECOND, role(BEN, "board"))
    twice = book.write(DORA, Act.ROLE_REVOKE_SECOND, role(BEN, "board"))
    nothing = book.write(DORA, Act.ROLE_DROP, role(BEN, "board"))
    assert faults(examined(book.files())) == [
        (Fault.SECOND_UNPROPOSED, alone),
        (Fault.SECOND_SELF, own),
        (Fault.SECOND_UNPROPOSED, twice),
        (Fault.SECOND_UNPROPOSED, nothing),
    ]


def test_the_founder_makes_one_administrator_and_nobody_else_alone() -> None:
    book = Book()
    origin_hash = to_base64url(hashlib.sha256(ORIGIN.encode()).digest())
    book.write(ADA, Act.LOG_OPEN, {"origin_hash": origin_hash, "key": to_base64url(ADA.key)}, key=ADA.key)
    open_session(book, ADA)
    for person in (BEN, DORA):
        book.write(ADA, Act.STAFF_ENROL, {"staff": person.id, "key": to_base64url(person.key)})
    reader = book.write(ADA, Act.ROLE_GRANT, role(BEN, "board"))
    book.write(ADA, Act.ROLE_GRANT, role(DORA, ADMINISTRATOR))
    third = book.write(ADA, Act.ROLE_GRANT, role(BEN, ADMINISTRATOR))
    assert faults(examined(book.files())) == [
        (Fault.SECOND_UNPROPOSED, reader),
        (Fault.SECOND_UNPROPOSED, third),
    ]


def test_only_who_holds_a_role_makes_its_key_or_hands_it_on(book: Book) -> None:
    epoch: dict[str, JSON] = {"role": "board", "epoch": 2, "recipient_hash": ACTION}
    by_administrator = book.write(ADA, Act.KEY_EPOCH, epoch)
    by_colleague = book.write(CLEO, Act.KEY_SHARE, role(EVA, "board"))
    book.write(BEN, Act.KEY_EPOCH, epoch)
    book.write(BEN, Act.KEY_SHARE, role(EVA, "board"))
    assert faults(examined(book.files())) == [
        (Fault.ROLE_MISSING, by_administrator),
        (Fault.ROLE_MISSING, by_colleague),
    ]


def test_only_an_administrator_changes_roles(book: Book) -> None:
    index = book.write(BEN, Act.ROLE_PROPOSE, role(CLEO, "board"))
    confirmed = book.write(ADA, Act.ROLE_GRANT, role(CLEO, "board"))
    assert faults(examined(book.files())) == [
        (Fault.ROLE_MISSING, index),
        (Fault.SECOND_UNPROPOSED, confirmed),
    ], "an unlawful proposal proposes nothing"


def test_nothing_is_granted_to_strangers(book: Book) -> None:
    stranger = Person("Mallory")
    index = book.write(ADA, Act.ROLE_PROPOSE, role(stranger, "board"))
    gone = book.write(ADA, Act.STAFF_LEAVE, {"staff": stranger.id})
    assert faults(examined(book.files())) == [(Fault.STAFF_UNKNOWN, index), (Fault.STAFF_UNKNOWN, gone)]


def test_an_enrolled_key_is_not_replaced_by_a_second_enrolment(book: Book) -> None:
    index = book.write(ADA, Act.STAFF_ENROL, {"staff": EVA.id, "key": to_base64url(BEN.key)})
    assert faults(examined(book.files())) == [(Fault.STAFF_TWICE, index)]


def test_a_log_begins_with_its_opening_and_has_one(book: Book) -> None:
    opening = parse_entry(book.entries[0]).statement.public
    index = book.write(ADA, Act.LOG_OPEN, opening, key=ADA.key)
    assert faults(examined(book.files())) == [(Fault.LOG_UNOPENED, index)]
    headless = Book()
    headless.write(CLEO, Act.COMPARTMENT_OPEN, case=CASE)
    assert faults(examined(headless.files())) == [(Fault.LOG_UNOPENED, 0)]


def test_the_opening_is_signed_by_the_key_it_enrols_and_speaks_of_this_log() -> None:
    book = Book()
    public: dict[str, JSON] = {"origin_hash": to_base64url(seed("another")), "key": to_base64url(BEN.key)}
    book.write(ADA, Act.LOG_OPEN, public, key=ADA.key)
    assert faults(examined(book.files())) == [(Fault.SESSION_UNKNOWN, 0), (Fault.LOG_UNOPENED, 0)]
