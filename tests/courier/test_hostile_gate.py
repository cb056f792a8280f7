# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Gate in hostile hands answers the courier: it must not fill the Desk, hold it, or use up its numbers."""

import gzip
import itertools
from collections.abc import Callable

import httpx
import pytest

from tests.organisation import Organisation
from watchword.accounts.services import courier_actor
from watchword.cases.models import Case
from watchword.courier import protocol
from watchword.courier.deskside import client, services
from watchword.courier.deskside.client import GateClient, GateFailed, OfferedEntry
from watchword.courier.deskside.models import RequestCounter

Answer = Callable[[httpx.Request], httpx.Response]
ENTRY = OfferedEntry("ab" * 16, "routing", "meta", 1, 1000)


def gate(answer: Answer) -> httpx.Client:
    """A Gate that answers as it likes, without a network."""
    return httpx.Client(base_url="http://gate.invalid/", transport=httpx.MockTransport(answer))


def asking(answer: Answer) -> tuple[GateClient, list[int]]:
    """A client of this Gate, and the numbers that it has used."""
    used: list[int] = [0]

    def number(at_least: int) -> int:
        used.append(max(used[-1], at_least) + 1)
        return used[-1]

    return GateClient(gate(answer), lambda _: bytes(64), number), used


def said(body: bytes, status: int = 200) -> httpx.Response:
    """An answer that is streamed, as one from a network is."""
    return httpx.Response(status, content=iter([body]))


def endless(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=(b" " * 2**16 for _ in itertools.count()))


def packed(request: httpx.Request) -> httpx.Response:
    body = gzip.compress(protocol.encode({"parcels": []}))
    return httpx.Response(200, content=iter([body]), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("answer", [endless, packed])
def test_an_endless_or_a_packed_answer_ends_the_round(answer: Answer) -> None:
    asked, _ = asking(answer)
    with pytest.raises(GateFailed):
        asked.parcels()


def test_an_entry_that_goes_on_after_its_announced_size_is_cut_off() -> None:
    asked, _ = asking(endless)
    with pytest.raises(GateFailed):
        for _ in asked.entry(ENTRY):
            pass


def test_a_deeply_nested_answer_is_no_answer() -> None:
    asked, _ = asking(lambda _: said(b"[" * 100_000))
    with pytest.raises(GateFailed):
        asked.parcels()


@pytest.mark.parametrize("last", [protocol.LARGEST_COUNTER - 1, 2 * client.FURTHEST_BEHIND, -1, True, "7"])
def test_a_gate_cannot_use_up_the_numbers_of_the_courier(last: object) -> None:
    """A recovered Gate would refuse the Desk for ever: no larger number could be written."""
    asked, used = asking(lambda _: said(protocol.encode({"last": last}), 409))
    with pytest.raises(GateFailed):
        asked.parcels()
    assert used[-1] <= 2


def test_after_a_restored_backup_the_courier_goes_past_the_number_of_the_gate() -> None:
    answers = iter(
        [
            said(protocol.encode({"last": 5000}), 409),
            said(protocol.encode({"parcels": []})),
        ]
    )
    asked, used = asking(lambda _: next(answers))
    assert asked.parcels() == []
    assert used[-1] > 5000


def offering(request: httpx.Request) -> httpx.Response:
    """Twenty new parcels at every question, each with one entry that is not sealed at all."""
    if request.url.path.endswith(protocol.ENTRY):
        return said(bytes(8))
    number = int(request.headers[protocol.HEADER].partition(".")[0])
    entry = {"uid": "cd" * 16, "compartment": "routing", "kind": "meta", "revision": 1, "size": 8}
    parcels = [
        {"uid": f"{number * 20 + i:032x}", "case": f"{i + 1:032x}", "kind": "application", "entries": [entry]}
        for i in range(20)
    ]
    return said(protocol.encode({"parcels": parcels}))


def test_a_round_ends_when_the_gate_never_stops_offering(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_ASKINGS", 3)
    now = organisation.now
    with gate(offering) as http:
        result = services.exchange(http=http, actor=courier_actor(now), now=now)
    assert (result.pulled, result.put_off, result.failure) == (0, 60, "")
    assert not Case.objects.exists()
    assert RequestCounter.objects.count() == 1
