# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a Gate offers is believed in nothing but its form, and the form is checked to the last field."""

import json
from typing import Any

import httpx
import pytest

from tests.courier.hostile_gate import ENTRY, PARCEL, Endless, always, offering, said, told
from tests.courier.town import Town


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in PARCEL.items() if key != name}


def with_entry(**changed: object) -> dict[str, object]:
    return {**PARCEL, "entries": [{**ENTRY, **changed}]}


MALFORMED: list[object] = [
    5,
    None,
    "parcel",
    without("uid"),
    without("case"),
    without("entries"),
    {**PARCEL, "entries": "all"},
    {**PARCEL, "entries": [5]},
    {**PARCEL, "entries": [ENTRY] * 201},
    {**PARCEL, "uid": "A" * 32},
    {**PARCEL, "uid": "../../../../../../../etc/passwd"},
    {**PARCEL, "case": ["c" * 32]},
    {**PARCEL, "kind": "Application"},
    with_entry(uid="../" * 10 + "ee"),
    with_entry(uid=5),
    with_entry(compartment="../routing"),
    with_entry(kind="meta\x00"),
    with_entry(kind="x" * 65),
    with_entry(revision=0),
    with_entry(revision=True),
    with_entry(revision="1"),
    with_entry(size=0),
    with_entry(size=-1),
    with_entry(size=1.5),
    with_entry(size=640 * 2**20 + 1),
]


def keeps_nothing(town: Town) -> bool:
    return not town.files() and not any(town.at_the_desk().values())


@pytest.mark.parametrize("parcel", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_offer_ends_the_round_before_anything_is_fetched(town: Town, parcel: object) -> None:
    assert "not in the protocol's form" in town.round(offering(PARCEL, parcel)).failure
    assert keeps_nothing(town)


@pytest.mark.parametrize(
    "body", [b"", b"no", b"[]", b"{}", b'{"v":2}', b'{"v":1}', b'{"v":1,"parcels":{}}', b"[" * 100_000]
)
def test_an_answer_of_another_form_ends_the_round(town: Town, body: bytes) -> None:
    assert town.round(always(lambda: said(body))).failure
    assert keeps_nothing(town)


@pytest.mark.parametrize("status", [204, 301, 404, 409, 500])
def test_another_status_ends_the_round(town: Town, status: int) -> None:
    assert town.round(always(lambda: said(b"", status))).failure


@pytest.mark.parametrize("sent", [b"", b"123", b"12345", b"1" * 1000])
def test_an_entry_of_another_size_is_refused(town: Town, sent: bytes) -> None:
    assert "not the size" in town.round(offering(PARCEL, entry=lambda: said(sent))).failure
    assert keeps_nothing(town)


def test_an_entry_without_an_end_is_left_soon_after_its_size(town: Town) -> None:
    endless = Endless()
    answers = offering(PARCEL, entry=lambda: httpx.Response(200, stream=endless))
    assert "not the size" in town.round(answers).failure
    assert endless.taken < 2**20
    assert keeps_nothing(town)


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "nonsense"},
        {"kind": "letter"},
        {"entries": []},
        {"entries": [{**ENTRY, "kind": "proposal"}]},
        {"entries": [{**ENTRY, "compartment": "no-such"}]},
        {"entries": [ENTRY]},
    ],
)
def test_a_parcel_that_no_gate_of_ours_sends_keeps_no_other_from_coming(
    town: Town, changed: dict[str, Any]
) -> None:
    """The last of them is well formed, and its one entry is no age file."""
    town.applies()

    def answer(request: httpx.Request) -> httpx.Response:
        if b"e" * 32 in request.read():
            return said(b"1234")
        genuine = town.gate.handle_request(request)
        if not request.url.path.endswith("/parcels"):
            return genuine
        offered = json.loads(genuine.read())["parcels"]
        return told({"v": 1, "parcels": [{**PARCEL, **changed}, *offered]})

    done = town.round(httpx.MockTransport(answer))
    assert (done.pulled, done.put_off, done.failure) == (1, 1, "")
    assert town.at_the_desk()["cases"] == 1


def test_a_gate_that_always_says_that_a_number_was_used_is_asked_twice_and_left(town: Town) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return told({"v": 1, "last": 9}, 409)

    assert town.round(httpx.MockTransport(answer)).failure
    assert len(asked) == 2
