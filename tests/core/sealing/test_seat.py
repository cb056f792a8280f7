# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files between a Desk and a machine that holds a seat: read in one form, written in the same, or refused."""

import json
from typing import Any

import pytest

from tests.vectors.sealing.generate import FOLDER
from watchword.core.sealing import answer, batch_request, plain, request
from watchword.core.sealing.errors import Malformed, SealingError, Tampered
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seat import SeatAddress, address_of, sign


def load(name: str) -> dict[str, Any]:
    found = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    for name, long in json.loads(found)["named"].items():
        found = found.replace(name, long)
    vectors: dict[str, Any] = json.loads(found)
    return vectors


VECTORS, BATCHES = load("requests"), load("batches")
SEAT = Identity.from_seed(bytes.fromhex(VECTORS["seed"]))


def why(row: dict[str, Any]) -> str:
    return str(row["why"])


def test_a_seats_address_and_mark_follow_from_its_secret() -> None:
    assert str(address_of(SEAT)) == VECTORS["address"]
    assert SeatAddress.parse(f" {VECTORS['address']}\n") == address_of(SEAT)
    assert address_of(SEAT).mark.hex() == VECTORS["mark"]


def test_a_request_is_read_and_written_as_it_was_and_hashes_to_what_is_agreed() -> None:
    found = request.unpack(VECTORS["request"].encode())
    assert request.pack(found) == VECTORS["request"].encode()
    assert found.asked.hash.hex() == VECTORS["action"]


@pytest.mark.parametrize("text", VECTORS["answers"], ids=["given", "refused"])
def test_an_answer_is_read_signed_and_written_as_it_was(text: str) -> None:
    found = answer.unpack(text.encode())
    found.check([address_of(Identity.generate()), address_of(SEAT)])
    assert answer.pack(found.answer, SEAT) == text.encode()
    with pytest.raises(Tampered):
        found.check([address_of(Identity.generate())])
    with pytest.raises(SealingError):
        found.check([])


def test_a_signature_over_an_answer_is_none_over_anything_else() -> None:
    address_of(SEAT).check(b"said", sign(SEAT, b"said"))
    for said, signature in ((b"Said", sign(SEAT, b"said")), (b"said", bytes(64)), (b"said", b"")):
        with pytest.raises(Tampered):
            address_of(SEAT).check(said, signature)


@pytest.mark.parametrize("row", VECTORS["reject_address"], ids=why)
def test_what_is_no_address_of_a_seat_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        SeatAddress.parse(row["text"])


@pytest.mark.parametrize("row", VECTORS["reject_request"], ids=why)
def test_what_no_desk_of_ours_wrote_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        request.unpack(row["text"].encode())


def test_a_batch_is_read_and_written_as_it_was_and_hashes_to_what_is_agreed() -> None:
    raw = BATCHES["batch"].encode()
    found = batch_request.unpack(raw)
    assert batch_request.pack(found) == raw
    assert plain.named(raw) == batch_request.WHAT
    assert found.asked.hash.hex() == BATCHES["action"]


@pytest.mark.parametrize("row", BATCHES["reject_batch"], ids=why)
def test_what_is_no_batch_of_ours_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        batch_request.unpack(row["text"].encode())


@pytest.mark.parametrize("row", VECTORS["reject_answer"], ids=why)
def test_what_no_machine_of_ours_answered_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        answer.unpack(row["text"].encode())
