# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisive acts confirmed by a passkey, as a stranger checks them: what is wrong in any way counts not."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.core.ledger.book import (
    ACTION,
    BEN,
    CASE,
    EVA,
    MORNING,
    Book,
    Person,
    examined,
    faults,
    founded,
    seed,
)
from watchword.core.ledger.acts import Act
from watchword.core.ledger.assertion import Assertion
from watchword.core.ledger.canonical import JSON
from watchword.core.ledger.entry import Statement
from watchword.core.ledger.findings import Fault
from watchword.core.ledger.spelling import to_base64url
from watchword.core.ledger.tree import EMPTY_ROOT, TreeHead
from watchword.core.sealing import primitives

SITE = hashlib.sha256(b"desk.example").digest()


def key_of(person: Person) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(seed(person.name)[:31]), ec.SECP256R1())


def credential_of(person: Person) -> bytes:
    return seed(f"{person.name}'s blue key")


def with_passkeys(*people: Person) -> Book:
    """A log in which these people have a passkey each, and Ben has proposed something."""
    book = founded()
    for person in people:
        point = key_of(person).public_key().public_numbers()
        parts = {
            "credential": credential_of(person),
            "site": SITE,
            "x": point.x.to_bytes(32),
            "y": point.y.to_bytes(32),
        }
        facts: dict[str, JSON] = {name: to_base64url(value) for name, value in parts.items()}
        book.write(person, Act.PASSKEY_ADD, facts, key=person.key)
    book.write(BEN, Act.DECISION_PROPOSE, {"action": ACTION}, case=CASE)
    return book


def passkey(
    person: Person = EVA,
    *,
    signs: Callable[[Statement], bytes] = Statement.challenge,
    site: bytes = SITE,
    flags: int = 0x05,
    count: int = 1,
    **said: object,
) -> Callable[[Statement], Assertion]:
    """What this person's authenticator answers; every argument is there to do wrong with."""

    def answer(statement: Statement) -> Assertion:
        client = {"type": "webauthn.get", "challenge": to_base64url(signs(statement)), "crossOrigin": False}
        raw = json.dumps({**client, "origin": "https://desk.example", **said}).encode()
        data = site + bytes([flags]) + count.to_bytes(4)
        proof = key_of(person).sign(
            data + hashlib.sha256(raw).digest(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        )
        return Assertion(credential_of(person), data, raw, proof)

    return answer


def second(book: Book, fresh: Callable[[Statement], Assertion | None]) -> list[Fault]:
    """Eva signs as the second person; what is found in that entry."""
    index = book.write(EVA, Act.DECISION_SECOND, {"action": ACTION}, case=CASE, fresh=fresh)
    return [fault for fault, at in faults(examined(book.files())) if at == index]


def session(book: Book, fresh: Callable[[Statement], Assertion | None]) -> list[Fault]:
    """Eva opens another session; what is found in that entry, or in what its key signs."""
    key = primitives.ed25519_public(seed("Eva's evening"))
    public: dict[str, JSON] = {"key": to_base64url(key), "until": MORNING + 480}
    index = book.write(EVA, Act.SESSION_OPEN, public, key=EVA.key, fresh=fresh)
    return [fault for fault, at in faults(examined(book.files())) if at == index]


def test_a_session_that_a_passkey_opened_counts_and_so_does_one_without() -> None:
    assert session(with_passkeys(EVA), passkey()) == []
    assert session(with_passkeys(EVA), lambda _: None) == []


@pytest.mark.parametrize(
    "other",
    [
        {"public": {"key": to_base64url(bytes(32)), "until": MORNING + 480}},
        {"base": TreeHead(0, EMPTY_ROOT)},
    ],
)
def test_a_passkey_that_signed_for_another_key_or_another_log_opens_no_session(other: dict[str, Any]) -> None:
    wrong = passkey(signs=lambda one: replace(one, **other).challenge())
    assert session(with_passkeys(EVA), wrong) == [Fault.FRESH_WRONG]


def test_a_session_that_was_to_last_longer_than_the_passkey_signed_for_is_not_opened() -> None:
    def longer(one: Statement) -> bytes:
        return replace(one, public={**one.public, "until": MORNING + 60}).challenge()

    assert session(with_passkeys(EVA), passkey(signs=longer)) == [Fault.FRESH_WRONG]


def test_what_a_passkey_signed_for_an_act_opens_no_session_and_nobody_elses_does() -> None:
    def act(one: Statement) -> bytes:
        return replace(one, act=Act.DECISION_SECOND, public={"action": ACTION}).challenge()

    assert session(with_passkeys(EVA), passkey(signs=act)) == [Fault.FRESH_WRONG]
    assert session(with_passkeys(EVA, BEN), passkey(BEN)) == [Fault.PASSKEY_UNKNOWN]


def test_a_second_signature_confirmed_by_the_persons_own_passkey_counts() -> None:
    assert second(with_passkeys(EVA), passkey()) == []


def test_a_decisive_act_that_nobody_confirmed_does_not_count() -> None:
    assert second(with_passkeys(EVA), lambda _: None) == [Fault.FRESH_MISSING]


@pytest.mark.parametrize(
    "changed",
    [
        {"signs": lambda one: replace(one, case=b"\1" * 32).challenge()},
        {"signs": lambda one: replace(one, act=Act.DECISION_REFUSE_SECOND).challenge()},
        {"signs": lambda one: replace(one, public={"action": to_base64url(bytes(32))}).challenge()},
        {"signs": lambda one: replace(one, nonce=bytes(16)).challenge()},
        {"signs": lambda one: replace(one, session=bytes(32)).challenge()},
        {"signs": lambda one: replace(one, actor="ab" * 16).challenge()},
        {"type": "webauthn.create"},
        {"crossOrigin": True},
        {"site": hashlib.sha256(b"desk.attacker.example").digest()},
        {"flags": 0x01},
        {"flags": 0x04},
    ],
)
def test_another_act_case_nonce_session_person_site_or_nobody_verified_does_not_count(
    changed: dict[str, object],
) -> None:
    assert second(with_passkeys(EVA), passkey(**changed)) == [Fault.FRESH_WRONG]  # type: ignore[arg-type]  # of any


def test_the_passkey_of_somebody_else_a_revoked_or_an_unknown_one_does_not_count() -> None:
    assert second(with_passkeys(EVA, BEN), passkey(BEN)) == [Fault.PASSKEY_UNKNOWN]
    assert second(with_passkeys(), passkey()) == [Fault.PASSKEY_UNKNOWN]
    book = with_passkeys(EVA)
    revoked: dict[str, JSON] = {"staff": EVA.id, "credential": to_base64url(credential_of(EVA))}
    book.write(EVA, Act.PASSKEY_REVOKE, revoked)
    assert second(book, passkey()) == [Fault.PASSKEY_UNKNOWN]


def test_a_count_that_goes_back_shows_a_copied_authenticator_and_none_at_all_does_not() -> None:
    book = with_passkeys(EVA)
    assert second(book, passkey(count=7)) == []
    assert second(book, passkey(count=7)) == [Fault.FRESH_WRONG]
    assert second(book, passkey(count=8)) == []
    uncounted = with_passkeys(EVA)
    assert second(uncounted, passkey(count=0)) == second(uncounted, passkey(count=0)) == []


def test_a_signature_by_another_device_under_the_same_credential_is_found() -> None:
    def stolen(statement: Statement) -> Assertion:
        return replace(passkey(BEN)(statement), credential=credential_of(EVA))

    assert second(with_passkeys(EVA, BEN), stolen) == [Fault.SIGNATURE_WRONG]
