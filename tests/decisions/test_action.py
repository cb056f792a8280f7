# SPDX-License-Identifier: AGPL-3.0-or-later
"""Actions and ballots: one canonical form each, nothing else accepted, and a hash that can be read aloud."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decisions.around_the_table import action
from watchword.core.refusals import WrongState
from watchword.decisions.action import Action, Ballot, Choice, decode_action, decode_ballot, spoken
from watchword.decisions.grounds import Ground

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ground = st.builds(Ground, guideline=words, source=words, facts=words, mitigation=words)
actions = st.builds(
    Action,
    case=words,
    round=st.integers(1, 9),
    outcome=words,
    grounds=st.lists(ground, max_size=3).map(tuple),
    open_reasons=words,
    closed_reasons=words,
    conditions=words,
    until=st.none() | st.dates(),
    salt=words,
)
ballots = st.builds(
    Ballot, action=words, voter=words, choice=st.sampled_from(Choice), reason=words, dissent=words
)


@given(actions)
@settings(max_examples=60, deadline=None)
def test_an_action_comes_back_as_it_was_written(written: Action) -> None:
    assert decode_action(written.encode()) == written


@given(ballots)
@settings(max_examples=60, deadline=None)
def test_a_ballot_comes_back_as_it_was_written(written: Ballot) -> None:
    assert decode_ballot(written.encode()) == written


def test_every_field_of_an_action_is_under_its_hash() -> None:
    fields = json.loads(action(until=date(2026, 12, 1)).encode())
    hashes = {action(until=date(2026, 12, 1)).hash}
    for name in fields:
        changed = {"round": 2, "until": "2026-12-02", "grounds": []}.get(name, "something else")
        hashes.add(decode_action(spell(fields | {name: changed})).hash)
    assert len(hashes) == len(fields) + 1


def spell(fields: object) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


GOOD = json.loads(action().encode())
BAD_ACTIONS = {
    "not JSON": b"{",
    "not text": b"\xff\xfe",
    "not an object": b"[]",
    "a number": b"7",
    "spaces": json.dumps(GOOD, sort_keys=True).encode(),
    "a field too many": spell(GOOD | {"score": 3}),
    "a field too few": spell({name: value for name, value in GOOD.items() if name != "salt"}),
    "a word where a number stands": spell(GOOD | {"round": "1"}),
    "a number where a word stands": spell(GOOD | {"open_reasons": 1}),
    "half a letter": spell(GOOD | {"open_reasons": "X"}).replace(b'"X"', b'"\\ud800"'),
    "no such day": spell(GOOD | {"until": "2026-02-30"}),
    "a day in another spelling": spell(GOOD | {"until": "20261201"}),
    "grounds that are no list": spell(GOOD | {"grounds": "D"}),
    "a ground that is no object": spell(GOOD | {"grounds": ["D"]}),
    "a ground with a number for facts": spell(GOOD | {"grounds": [GOOD["grounds"][0] | {"facts": 1}]}),
}


@pytest.mark.parametrize("bad", BAD_ACTIONS.values(), ids=BAD_ACTIONS.keys())
def test_an_action_in_any_other_form_is_refused_in_words(bad: bytes) -> None:
    assert decode_action(spell(GOOD)) == action(), "the reject vectors must differ in their fault alone"
    with pytest.raises(WrongState, match="damaged"):
        decode_action(bad)


VOTE = json.loads(Ballot("00" * 32, "eva", Choice.AGREE, "Because.", "").encode())
BAD_BALLOTS = {
    "not an object": b"null",
    "spaces": json.dumps(VOTE, sort_keys=True).encode(),
    "no such choice": spell(VOTE | {"choice": "abstain"}),
    "no voter": spell({name: value for name, value in VOTE.items() if name != "voter"}),
    "a number where a word stands": spell(VOTE | {"reason": 1}),
}


@pytest.mark.parametrize("bad", BAD_BALLOTS.values(), ids=BAD_BALLOTS.keys())
def test_a_ballot_in_any_other_form_is_refused_in_words(bad: bytes) -> None:
    with pytest.raises(WrongState, match="damaged"):
        decode_ballot(bad)


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16))
@settings(max_examples=100, deadline=None)
def test_two_hashes_that_differ_are_spoken_differently(one: bytes, other: bytes) -> None:
    tail = "00" * 16
    assert (spoken(one.hex() + tail) == spoken(other.hex() + tail)) is (one == other)


def test_a_hash_is_spoken_in_eight_short_words() -> None:
    assert spoken("0000" + "ffff" + "1234" * 6 + "00" * 16)[:2] == ("babab", "zuzuz")
    assert len(spoken("ab" * 32)) == 8
