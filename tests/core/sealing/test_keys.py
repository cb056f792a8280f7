# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recipients, identities and the texts they are written as: round trips, and what a secret key never does."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.core.sealing.cast import ADA, BEN, OLD_ADA
from watchword.core.sealing import armor, base64, bech32
from watchword.core.sealing.errors import Malformed
from watchword.core.sealing.passphrase import Cost, new_salt, passphrase_identity
from watchword.core.sealing.recipients import X25519, Identity, Recipient

CHEAP = Cost(passes=1, memory_kib=64)
PEOPLE = pytest.mark.parametrize("identity", [ADA, OLD_ADA], ids=["hybrid", "x25519"])


@PEOPLE
def test_an_identity_does_not_show_itself_when_printed_by_a_traceback(identity: Identity) -> None:
    assert str(identity)[:24] not in repr(identity)
    assert identity.seed.hex()[:16] not in repr([identity])


@PEOPLE
def test_keys_are_read_as_they_were_written(identity: Identity) -> None:
    assert Identity.parse(str(identity)) == identity
    assert Recipient.parse(str(identity.recipient)) == identity.recipient
    assert str(Recipient.parse(str(identity.recipient))) == str(identity.recipient)
    assert identity.kind == identity.recipient.kind


def test_keys_of_different_people_and_types_differ() -> None:
    as_old = Identity(X25519, ADA.seed)
    assert len({ADA, BEN, OLD_ADA, as_old, Identity.from_seed(ADA.seed)}) == 4
    assert len({ADA.recipient, BEN.recipient, OLD_ADA.recipient}) == 3
    assert len({ADA, ADA.recipient}) == 2


def test_generated_identities_are_post_quantum_and_new() -> None:
    first, second = Identity.generate(), Identity.generate()
    assert first != second
    assert str(first).startswith("AGE-SECRET-KEY-PQ-1")
    assert repr(first.recipient).startswith("<Recipient age1pq1")


def test_an_identity_is_made_from_thirty_two_bytes() -> None:
    with pytest.raises(Malformed):
        Identity.from_seed(bytes(31))


@given(st.binary(max_size=80), st.sampled_from(["age", "age1pq", "age-secret-key-"]), st.data())
@hypothesis_settings(max_examples=60, deadline=None)
def test_bech32_is_read_as_written_and_notices_one_wrong_letter(
    data: bytes, prefix: str, draw: st.DataObject
) -> None:
    text = bech32.encode(prefix, data)
    assert bech32.decode(text) == bech32.decode(text.upper()) == (prefix, data)
    at = draw.draw(st.integers(len(prefix) + 1, len(text) - 1))
    letter = draw.draw(st.sampled_from(sorted(set("qpzry9x8gf2tvdw0s3jn54khce6mua7l") - {text[at]})))
    with pytest.raises(Malformed):
        bech32.decode(text[:at] + letter + text[at + 1 :])


@given(st.binary(max_size=200))
@hypothesis_settings(max_examples=60)
def test_base64_and_armor_are_read_as_written(data: bytes) -> None:
    assert base64.decode(base64.encode(data)) == data
    assert armor.dearmor(armor.armor(data)) == data


@given(st.text("ABCDwxyz0189+/=- é", max_size=9))
@hypothesis_settings(max_examples=200)
def test_base64_has_one_spelling(text: str) -> None:
    try:
        data = base64.decode(text)
    except Malformed:
        return
    assert base64.encode(data) == text


def test_a_passphrase_depends_on_every_letter_on_its_salt_and_on_its_cost() -> None:
    salt = new_salt()
    identity = passphrase_identity("слава", salt, CHEAP)
    assert identity == passphrase_identity("слава", salt, CHEAP)
    assert identity != passphrase_identity("Слава", salt, CHEAP)
    assert identity != passphrase_identity("слава ", salt, CHEAP)
    assert identity != passphrase_identity("слава\ud800", salt, CHEAP)
    assert identity != passphrase_identity("слава", new_salt(), CHEAP)
    assert identity != passphrase_identity("слава", salt, Cost(passes=2, memory_kib=64))


def test_a_passphrase_has_a_salt_of_sixteen_bytes() -> None:
    with pytest.raises(Malformed):
        passphrase_identity("слава", bytes(8), CHEAP)


@given(st.integers(1, 999), st.integers(800, 4 * 1024 * 1024), st.integers(1, 99))
def test_a_cost_is_read_as_it_was_written(passes: int, memory_kib: int, lanes: int) -> None:
    cost = Cost(passes, memory_kib, lanes)
    assert Cost.parse(str(cost)) == cost


@pytest.mark.parametrize(
    ("passes", "memory_kib", "lanes"), [(0, 64, 1), (1000, 64, 1), (1, 64, 0), (1, 8, 2)]
)
def test_an_impossible_cost_is_refused(passes: int, memory_kib: int, lanes: int) -> None:
    with pytest.raises(Malformed):
        Cost(passes, memory_kib, lanes)


def test_the_usual_cost_of_a_passphrase_is_the_one_in_the_specification() -> None:
    assert str(Cost()) == "argon2id$t=3,m=262144,p=1"
