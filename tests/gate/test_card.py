# SPDX-License-Identifier: AGPL-3.0-or-later
"""A card's number is answered with its words once, whoever asks; and a seized Gate knows no words."""

import re

import pytest
from django.db import connection

from tests.clock import TODAY
from tests.gate.browser import Browser, Page
from tests.intake.harbour import Harbour
from watchword.core.sealing.card import CardNumber, Phrase
from watchword.core.sealing.receipt import Receipt
from watchword.gate import budget
from watchword.gate.budget import Budget
from watchword.intake.models import Card
from watchword.intake.services import SealedCard, receive_cards
from watchword.trust.words import words

PHRASE = Phrase("ru", bytes([7, 70, 170]))
SAID = " ".join(words(PHRASE.words, "ru"))
NUMBER = CardNumber("31066321678916815757")


@pytest.fixture(autouse=True)
def known(gate: Harbour) -> None:
    keys = NUMBER.keys(gate.manifest.organisation)
    receive_cards(cards=[SealedCard(keys.tag, PHRASE.sealed(keys.gate))])


def types(number: str, browser: Browser | None = None) -> Page:
    browser = browser or Browser()
    return browser.send(browser.open("/genuine/card/").form_with("number"), number=number)


def test_the_words_are_shown_once_and_then_the_day() -> None:
    first = types(" ".join(NUMBER.groups()))
    assert SAID in first.text
    assert 'lang="ru"' in first.html
    again = types(NUMBER.digits)
    assert SAID not in again.text
    assert "were shown before" in again.text
    assert f'datetime="{TODAY.isoformat()}"' in again.html


def test_after_that_the_gate_has_forgotten_the_words() -> None:
    types(NUMBER.digits)
    row = Card.objects.get()
    assert (bytes(row.sealed), row.shown) == (b"", TODAY)


def test_the_desk_cannot_make_a_used_card_fresh_by_delivering_it_twice(gate: Harbour) -> None:
    types(NUMBER.digits)
    keys = NUMBER.keys(gate.manifest.organisation)
    receive_cards(cards=[SealedCard(keys.tag, PHRASE.sealed(keys.gate))])
    assert "were shown before" in types(NUMBER.digits).text


def test_a_false_card_is_called_one() -> None:
    page = types(CardNumber.new().digits)
    assert "No card of ours has this number" in page.text
    assert page.status == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12345", "20 digits; these are 5"),
        (f"{NUMBER.digits[:-1]}O", "digits only"),
        (Receipt.new().digits, "Never type your receipt"),
        ("", "Nothing is written here yet"),
    ],
    ids=["short", "a letter", "a receipt", "empty"],
)
def test_a_slip_uses_nothing_up_and_is_explained(typed: str, told: str) -> None:
    page = types(typed)
    assert page.status == 422
    assert told in page.text
    assert Card.objects.get().shown is None


def test_when_many_ask_the_number_stays_typed_and_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "cards", Budget(0, 0))
    page = types(NUMBER.digits)
    assert page.status == 503
    assert page.form_with("number").fields["number"] == [NUMBER.digits]
    assert Card.objects.get().shown is None


def test_nobody_needs_a_cookie_of_a_visit_for_it() -> None:
    browser = Browser()
    types(NUMBER.digits, browser)
    assert "visit" not in browser.client.cookies


def test_neither_number_nor_words_are_anywhere_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tag, sealed FROM intake_card")
        stored = repr(cursor.fetchall())
    assert NUMBER.digits not in stored
    assert not re.search(PHRASE.words.hex(), stored)
