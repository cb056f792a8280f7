# SPDX-License-Identifier: AGPL-3.0-or-later
"""Receipts and the mailbox beyond the vectors: what a wrong digit, organisation or key gives."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.core.sealing.cast import ADA
from watchword.core.sealing.errors import Malformed, NoMatchingKey, Tampered
from watchword.core.sealing.mailbox import open_letter
from watchword.core.sealing.primitives import sha256
from watchword.core.sealing.receipt import Receipt, login_hash
from watchword.core.sealing.seal import seal

LETTER = "Приходьте у вівторок.".encode()


@pytest.mark.parametrize("digits", ["", "1" * 29, "x" * 30, "１" * 30, "1" * 30])
def test_a_receipt_is_not_made_of_other_than_thirty_fitting_digits(digits: str) -> None:
    with pytest.raises(Malformed):
        Receipt(digits)


@given(st.integers(0, 29), st.integers(1, 9))
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_single_mistyped_digit_passes(at: int, by: int) -> None:
    digits = Receipt.new().digits
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises(Malformed):
        Receipt.parse(wrong)


@given(st.integers(0, 28))
@hypothesis_settings(max_examples=60, deadline=None)
def test_no_exchange_of_neighbours_passes(at: int) -> None:
    digits = Receipt.new().digits
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped != digits:
        with pytest.raises(Malformed):
            Receipt.parse(swapped)


def test_a_stranger_to_the_receipt_opens_no_letter() -> None:
    sealed = seal(LETTER, [Receipt.new().keys("legion").mailbox.recipient])
    with pytest.raises(NoMatchingKey):
        open_letter(Receipt.new().keys("legion"), sealed)


def test_a_letter_to_staff_does_not_open_at_the_mailbox() -> None:
    with pytest.raises(NoMatchingKey):
        open_letter(Receipt.new().keys("legion"), seal(LETTER, [ADA.recipient]))


def test_an_altered_letter_is_refused() -> None:
    keys = Receipt.new().keys("legion")
    sealed = seal(LETTER, [keys.mailbox.recipient])
    with pytest.raises(Tampered):
        open_letter(keys, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_the_same_digits_are_another_receipt_elsewhere() -> None:
    receipt = Receipt.new()
    here, there = receipt.keys("legion"), receipt.keys("observers")
    assert here.login != there.login
    assert here.mailbox != there.mailbox


@pytest.mark.parametrize("organisation", ["", "le\0gion"])
def test_an_organisation_has_a_usable_name(organisation: str) -> None:
    with pytest.raises(Malformed):
        Receipt.new().keys(organisation)


def test_a_receipt_and_its_keys_do_not_show_themselves_when_printed() -> None:
    receipt = Receipt("123456789012345678901234567839")
    keys = receipt.keys("legion")
    shown = f"{receipt} {receipt!r} {keys} {keys!r}"
    assert receipt.digits[8:14] not in shown
    assert str(keys.mailbox) not in shown
    assert repr(keys.login) not in shown
    assert receipt.locator in str(receipt)


def test_a_letter_opens_with_the_receipt_typed_back_in() -> None:
    receipt = Receipt.new()
    sealed = seal(LETTER, [receipt.keys("legion").mailbox.recipient])
    typed = Receipt.parse(" - ".join(receipt.groups()))
    assert open_letter(typed.keys("legion"), sealed) == LETTER


def test_the_gate_keeps_only_a_hash_of_the_log_in_token() -> None:
    keys = Receipt.new().keys("legion")
    assert keys.login_hash == login_hash(keys.login) == sha256(keys.login) != keys.login


def test_receipts_are_new_each_time() -> None:
    assert len({Receipt.new().digits for _ in range(50)}) == 50
