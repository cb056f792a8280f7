# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whoever is not the Desk's courier finds no such page, and changes nothing."""

import base64
from collections.abc import Callable

import httpx
import pytest

from tests.courier.town import ADDRESS, Town
from tests.intake import draft
from watchword.accounts.services import courier_sign
from watchword.core.sealing.primitives import ed25519_sign
from watchword.courier import protocol
from watchword.courier.protocol import Fields
from watchword.intake.models import CourierCounter, Parcel, SealedEntry

LETTER: Fields = {"deliveries": [{"uid": "u" * 32, "case": "c" * 32, "kind": "letter", "sealed": "AAAA"}]}
BODIES: dict[str, Fields] = {
    "parcels": {},
    "entry": {"entry": "0" * 32},
    "acknowledge": {"parcels": ["0" * 32]},
    "deliver": LETTER,
}


def stranger(message: bytes) -> bytes:
    return ed25519_sign(b"s" * 32, message)


@pytest.fixture
def post(town: Town) -> Callable[..., httpx.Response]:
    """Send ``body`` to ``path`` with a header, as anybody on the network can."""

    def send(path: str, body: bytes, header: str | None = None) -> httpx.Response:
        headers = {} if header is None else {protocol.HEADER: header}
        with httpx.Client(base_url=ADDRESS, transport=town.gate) as http:
            return http.post(f"courier/{path}", content=body, headers=headers)

    return send


def stamped(path: str, body: bytes, counter: int = 1, sign: Callable[[bytes], bytes] = courier_sign) -> str:
    return str(protocol.stamp(path, counter, body, sign))


def test_the_courier_itself_is_answered(town: Town, post: Callable[..., httpx.Response]) -> None:
    town.applies()
    body = protocol.encode({})
    answer = post("parcels", body, stamped("parcels", body))
    assert answer.status_code == 200
    assert len(protocol.decode(answer.content)["parcels"]) == 1  # type: ignore[arg-type]  # a list by contract


@pytest.mark.parametrize("path", sorted(BODIES))
def test_nobody_else_learns_that_the_courier_exists(
    town: Town, post: Callable[..., httpx.Response], path: str
) -> None:
    town.applies()
    fields = (
        {**BODIES[path], "parcels": [Parcel.objects.get().uid]} if path == "acknowledge" else BODIES[path]
    )
    body = protocol.encode(fields)
    other = protocol.encode({**fields, "more": 1})
    before = town.at_the_gate()
    # The links to other languages repeat the address that was asked for.
    unknown = post("nothing-here", body).content.replace(b"nothing-here", path.encode())
    headers = [
        None,
        "",
        "1.",
        stamped(path, body, sign=stranger),
        stamped(path, other),
        stamped("entry" if path != "entry" else "parcels", body),
        stamped(path, body, 2).replace("2.", "3.", 1),
        stamped(path, body).replace("1.", "01.", 1),
        stamped(path, body).rstrip("="),
        f"{2**53}.{base64.b64encode(bytes(64)).decode()}",
    ]
    for header in headers:
        answer = post(path, body, header)
        assert (answer.status_code, answer.content) == (404, unknown), header
    assert town.at_the_gate() == before
    assert not CourierCounter.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b"\xff", b'{"v":2}', b'{"v":"1"}', b'{"v":true}', b'{"v":1.0}', b"[" * 5000],
)
def test_a_body_of_another_version_is_no_request(
    town: Town, post: Callable[..., httpx.Response], body: bytes
) -> None:
    assert post("parcels", body, stamped("parcels", body)).status_code == 404
    assert not CourierCounter.objects.exists()


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("entry", {}),
        ("entry", {"entry": 5}),
        ("acknowledge", {"parcels": "all"}),
        ("deliver", {"deliveries": [5]}),
        ("deliver", {"deliveries": [{"uid": "a" * 32, "case": "b" * 32, "kind": "letter"}]}),
        ("deliver", {"deliveries": [{"uid": "a" * 32, "case": "b" * 32, "kind": "letter", "sealed": "?"}]}),
    ],
)
def test_a_signed_request_of_another_form_changes_nothing(
    town: Town, post: Callable[..., httpx.Response], path: str, fields: Fields
) -> None:
    town.applies()
    before = town.at_the_gate()
    body = protocol.encode(fields)
    assert post(path, body, stamped(path, body)).status_code == 404
    assert town.at_the_gate() == before


@pytest.mark.parametrize("path", sorted(BODIES))
def test_a_recorded_request_cannot_be_used_again(
    town: Town, post: Callable[..., httpx.Response], path: str
) -> None:
    body = protocol.encode(BODIES[path])
    assert post(path, body, stamped(path, body, 7)).status_code == 200
    for counter in (7, 6, 1):
        again = post(path, body, stamped(path, body, counter))
        assert again.status_code == 409
        assert protocol.decode(again.content) == {"last": 7}
    assert post(path, body, stamped(path, body, 8)).status_code == 200


def test_only_what_was_sent_can_be_fetched(town: Town, post: Callable[..., httpx.Response]) -> None:
    draft.begun(town.organisation.now)
    entry = SealedEntry.objects.filter(parcel=None).first()
    assert entry is not None
    body = protocol.encode({"entry": entry.uid})
    assert post("entry", body, stamped("entry", body)).content == b""
    offer = protocol.encode({})
    answer = post("parcels", offer, stamped("parcels", offer, 2))
    assert protocol.decode(answer.content) == {"parcels": []}


def test_the_courier_is_asked_only_by_post(town: Town) -> None:
    with httpx.Client(base_url=ADDRESS, transport=town.gate) as http:
        assert http.get("courier/parcels").status_code == 404
