# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cards: what a wrong digit, key or organisation gives, and the vectors of docs/spec/cards.md."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from watchword.core.sealing.card import CardNumber, Phrase
from watchword.core.sealing.errors import Malformed, Tampered
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.receipt import Receipt

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sealing" / "cards.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS["reject"], ids=lambda vector: vector["why"])
def test_what_is_no_number_of_a_card_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(Malformed) as refused:
        CardNumber.parse(vector["typed"])
    assert vector["typed"].strip() == "" or vector["typed"] not in str(refused.value)


@pytest.mark.parametrize("vector", VECTORS["cards"], ids=lambda vector: vector["typed"])
def test_a_number_gives_the_tag_and_the_phrases_of_the_vectors(vector: dict[str, str]) -> None:
    keys = CardNumber.parse(vector["typed"]).keys(vector["organisation"])
    assert keys.tag.hex() == vector["tag"]
    for key, side in ((keys.gate, "gate"), (keys.desk, "desk")):
        phrase = Phrase(vector["language"], bytes.fromhex(vector[f"{side}_words"]))
        assert phrase.sealed(key).hex() == vector[f"{side}_sealed"]
        assert Phrase.opened(key, bytes.fromhex(vector[f"{side}_sealed"])) == phrase


@pytest.mark.parametrize("vector", VECTORS["reject_sealed"], ids=lambda vector: vector["why"])
def test_what_is_no_sealed_phrase_is_refused(vector: dict[str, str]) -> None:
    keys = CardNumber.parse(vector["typed"]).keys(vector["organisation"])
    with pytest.raises((Tampered, Malformed)):
        Phrase.opened(keys.gate, bytes.fromhex(vector["sealed"]))


@given(st.integers(0, 19), st.integers(1, 9))
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_single_mistyped_digit_passes(at: int, by: int) -> None:
    digits = CardNumber.new().digits
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises(Malformed):
        CardNumber.parse(wrong)


def test_a_receipt_typed_here_is_noticed_and_not_repeated() -> None:
    receipt = Receipt.new()
    with pytest.raises(Malformed, match="Never type your receipt") as refused:
        CardNumber.parse(" ".join(receipt.groups()))
    assert receipt.groups()[1] not in str(refused.value)


def test_a_number_as_it_was_typed_on_a_telephone_is_read() -> None:
    number = CardNumber.new()
    assert CardNumber.parse(" – ".join(number.groups()) + ".\n") == number


def test_the_gates_key_does_not_open_the_desks_phrase() -> None:
    keys = CardNumber.new().keys("org")
    with pytest.raises(Tampered):
        Phrase.opened(keys.gate, Phrase.new("uk").sealed(keys.desk))


def test_a_card_says_nothing_to_another_organisation() -> None:
    number = CardNumber.new()
    ours, theirs = number.keys("org"), number.keys("another")
    assert ours.tag != theirs.tag
    with pytest.raises(Tampered):
        Phrase.opened(theirs.gate, Phrase.new("uk").sealed(ours.gate))


@pytest.mark.parametrize("organisation", ["", "a\0b"])
def test_an_organisation_without_a_name_has_no_cards(organisation: str) -> None:
    with pytest.raises(Malformed):
        CardNumber.new().keys(organisation)


def test_printing_a_number_or_a_phrase_tells_nothing() -> None:
    number, phrase = CardNumber.new(), Phrase("en", sha256(b"x")[:3])
    assert number.digits not in repr(number) + repr(number.keys("org"))
    assert phrase.words.hex() not in repr(phrase)
