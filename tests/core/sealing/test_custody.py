# SPDX-License-Identifier: AGPL-3.0-or-later
"""What nobody can open alone: any k seats restore it, k - 1 with all else do not, and a liar is named."""

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.core.sealing.other_programs import as_bytes, run_node
from tests.vectors.sealing.generate import FOLDER
from watchword.core.sealing import errors
from watchword.core.sealing.custody import Entrusted, Part, entrust, pack, restore, unpack
from watchword.core.sealing.errors import Malformed, NoMatchingKey, SealingError, Tampered, WrongShare
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.core.sealing.shares import Share, combine
from watchword.core.sealing.unseal import unseal


def load() -> dict[str, Any]:
    text = (FOLDER / "custody.json").read_text(encoding="utf-8")
    for name, recipient in json.loads(text)["recipients"].items():
        text = text.replace(name, recipient)
    vectors: dict[str, Any] = json.loads(text)
    return vectors


VECTORS = load()
# k and n as they come, with few enough sets of people to try them all.
sizes = st.integers(1, 6).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


def why(row: dict[str, Any]) -> str:
    return str(row["why"])


@pytest.mark.parametrize("row", VECTORS["accept"], ids=lambda row: f"{row['needed']} of {len(row['handed'])}")
def test_what_seats_were_handed_is_read_and_restores_each_key(row: dict[str, Any]) -> None:
    handed = [unpack(text.encode()) for text in row["handed"]]
    for number, (text, parts) in enumerate(zip(row["handed"], handed, strict=True), start=1):
        assert {part.number for part in parts} == {number}
        assert pack(parts[::-1]) == text.encode()
    for place, seed in enumerate(row["seeds"].values()):
        parts_of_one = [parts[place] for parts in handed]
        assert restore(parts_of_one[-row["needed"] :]).seed.hex() == seed
        assert restore(parts_of_one).seed.hex() == seed


@pytest.mark.parametrize("row", VECTORS["reject_handed"], ids=why)
def test_what_no_program_of_ours_handed_out_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        unpack(row["handed"].encode())


@pytest.mark.parametrize("row", VECTORS["reject_restoring"], ids=why)
def test_what_does_not_fit_together_restores_nothing_and_whose_share_is_wrong_is_said(
    row: dict[str, Any],
) -> None:
    expected: type[SealingError] = getattr(errors, row["error"])
    parts = [unpack(text.encode())[0] for text in row["handed"]]
    with pytest.raises(expected) as refusal:
        restore(parts)
    assert type(refusal.value) is expected
    assert getattr(refusal.value, "numbers", ()) == tuple(row["numbers"])


@given(sizes)
@hypothesis_settings(max_examples=12, deadline=None)
def test_any_k_restore_the_key_and_fewer_do_not_whatever_else_they_hold(size: tuple[int, int]) -> None:
    needed, seats = size
    made = entrust("relatives", needed=needed, seats=seats)
    body = seal(b"Marta, by the river", [made.recipient])
    for chosen in combinations(made.parts, needed):
        assert unseal(body, [restore(chosen)]) == b"Marta, by the river"
    for few in combinations(made.parts, needed - 1):
        with pytest.raises(Malformed):
            restore(few)
        # They know every commitment, the recipient and the body, and lie to the program about k.
        with pytest.raises(SealingError):
            restore([replace(part, needed=max(len(few), 1)) for part in few])
        if few:
            with pytest.raises(NoMatchingKey):
                unseal(body, [_as_if_enough(few)])


def _as_if_enough(few: tuple[Part, ...]) -> Identity:
    """What comes out when too few shares are put together all the same."""
    shares = [Share(part.number, part.share) for part in few]
    return Identity.from_seed(combine(shares, few[0].commitments, len(few)))


@given(sizes, st.data())
@hypothesis_settings(max_examples=12, deadline=None)
def test_whoever_hands_over_something_else_is_named_and_the_others_go_on(
    size: tuple[int, int], data: st.DataObject
) -> None:
    needed, seats = size
    made = entrust("relatives", needed=needed, seats=seats)
    liars = data.draw(st.sets(st.integers(1, seats), min_size=1))
    given_over = [_lying(part) if part.number in liars else part for part in made.parts]
    with pytest.raises(WrongShare) as refusal:
        restore(given_over)
    assert set(refusal.value.numbers) == liars
    honest = [part for part in given_over if part.number not in liars]
    if len(honest) >= needed:
        assert restore(honest).recipient == made.recipient


def _lying(part: Part) -> Part:
    return replace(part, share=random_bytes(32) + part.share[-1:])


def test_no_more_is_handed_out_than_fits() -> None:
    made = entrust("relatives", needed=1, seats=1)
    with pytest.raises(Malformed):
        pack(replace(made.parts[0], compartment=f"c{number}") for number in range(33))


def test_two_entrusted_alike_have_nothing_in_common() -> None:
    """A seat that opened its share of one page has opened nothing of the next."""
    one, other = (entrust("relatives", needed=2, seats=3) for _ in range(2))
    assert one.recipient != other.recipient
    with pytest.raises(WrongShare):
        restore([one.parts[0], other.parts[1]])


def test_who_sealed_to_one_key_and_split_another_is_found_out() -> None:
    made, other = (entrust("relatives", needed=2, seats=3) for _ in range(2))
    forged = [replace(part, recipient=str(other.recipient)) for part in made.parts]
    with pytest.raises(Tampered, match="not the key"):
        restore(forged)


@pytest.mark.parametrize(("needed", "seats"), [(0, 3), (4, 3), (1, 17), (0, 0)])
def test_an_impossible_custody_is_refused(needed: int, seats: int) -> None:
    with pytest.raises(Malformed):
        entrust("relatives", needed=needed, seats=seats)


def test_a_share_stands_in_no_text_for_people() -> None:
    made = entrust("relatives", needed=1, seats=2)
    for shown in (repr(made), repr(made.parts[0]), str(WrongShare([2]))):
        assert made.parts[0].share.hex()[:10] not in shown
        assert repr(made.parts[0].share)[2:10] not in shown


def test_what_a_browser_hands_out_is_read_here_byte_for_byte() -> None:
    sizes_asked = [(1, 1), (1, 3), (2, 2), (3, 5), (16, 16)]
    asked = [
        {
            "act": "entrust",
            "custody": {
                "compartments": ["relatives", "names"],
                "needed": needed,
                "seats": [f"custodian-{number}" for number in range(1, seats + 1)],
            },
        }
        for needed, seats in sizes_asked
    ]
    for (needed, seats), answer in zip(sizes_asked, run_node("gate.mjs", asked), strict=True):
        payloads = [as_bytes(text) for text in answer["handed"]]
        handed = [unpack(payload) for payload in payloads]
        assert [pack(parts) for parts in handed] == payloads
        assert len(handed) == seats
        for place, name in enumerate(["names", "relatives"]):
            of_one = Entrusted(
                restore([parts[place] for parts in handed[-needed:]]).recipient,
                tuple(parts[place] for parts in handed),
            )
            assert str(of_one.recipient) == answer["recipients"][name]
            assert {(part.compartment, part.needed) for part in of_one.parts} == {(name, needed)}
