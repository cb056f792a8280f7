# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passkeys and ended sessions in the log: who may add, revoke and end, as a stranger verifies it."""

from tests.core.ledger.book import ADA, BEN, CLEO, Book, Person, examined, faults, founded, open_session, seed
from watchword.core.ledger.acts import Act
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.spelling import to_base64url


def added(book: Book, person: Person = CLEO, name: str = "blue key") -> dict[str, JSON]:
    """The public facts of a passkey that this person's long-term key signed for."""
    facts: dict[str, JSON] = {
        part: to_base64url(seed(f"{name} {part}")) for part in ("credential", "site", "x", "y")
    }
    book.write(person, Act.PASSKEY_ADD, facts, key=person.key)
    return facts


def found(book: Book) -> list[Fault]:
    return [fault for fault, index in faults(examined(book.files())) if index is not None]


def test_a_passkey_is_added_by_the_long_term_key_once_and_revoked_by_its_owner_or_an_administrator() -> None:
    book = founded()
    for name, by in (("one", CLEO), ("two", ADA)):
        credential = added(book, name=name)["credential"]
        book.write(by, Act.PASSKEY_REVOKE, {"staff": CLEO.id, "credential": credential})
    assert found(book) == []


def test_a_session_adds_no_passkey_and_nobody_adds_one_twice() -> None:
    book = founded()
    facts = added(book)
    book.write(BEN, Act.PASSKEY_ADD, facts, key=BEN.key)
    book.write(CLEO, Act.PASSKEY_ADD, {**facts, "credential": to_base64url(seed("other"))})
    assert found(book) == [Fault.PASSKEY_TWICE, Fault.SESSION_UNKNOWN]


def test_a_colleague_revokes_no_passkey_and_a_revoked_one_is_gone() -> None:
    book = founded()
    credential = added(book)["credential"]
    revoked: dict[str, JSON] = {"staff": CLEO.id, "credential": credential}
    book.write(BEN, Act.PASSKEY_REVOKE, revoked)
    book.write(ADA, Act.PASSKEY_REVOKE, {**revoked, "staff": BEN.id})
    book.write(CLEO, Act.PASSKEY_REVOKE, revoked)
    book.write(CLEO, Act.PASSKEY_REVOKE, revoked)
    assert found(book) == [Fault.ROLE_MISSING, Fault.PASSKEY_UNKNOWN, Fault.PASSKEY_UNKNOWN]


def test_what_an_ended_session_signs_counts_no_more() -> None:
    book = founded()
    ended: dict[str, JSON] = {"staff": CLEO.id, "key": to_base64url(CLEO.session)}
    book.write(BEN, Act.SESSION_END, ended)
    book.write(ADA, Act.SESSION_END, {**ended, "staff": BEN.id})
    book.write(CLEO, Act.COMPARTMENT_OPEN)
    assert found(book) == [Fault.ROLE_MISSING, Fault.SESSION_UNKNOWN]
    book.write(ADA, Act.SESSION_END, ended)
    book.write(CLEO, Act.COMPARTMENT_OPEN)
    assert found(book)[2:] == [Fault.SESSION_CLOSED]


def test_whoever_is_at_work_ends_a_session_of_their_own() -> None:
    book = founded()
    open_session(book, BEN)
    book.write(BEN, Act.SESSION_END, {"staff": BEN.id, "key": to_base64url(BEN.session)})
    book.write(BEN, Act.PAD)
    assert found(book) == [Fault.SESSION_REUSED, Fault.SESSION_CLOSED]
