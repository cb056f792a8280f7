# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers of a Gate in hostile hands: whatever it likes, as bytes that come over a line."""

import json
from collections.abc import Callable, Iterator

import httpx

ENTRY = {"uid": "e" * 32, "compartment": "routing", "kind": "meta", "revision": 1, "size": 4}
PARCEL = {"uid": "a" * 32, "case": "c" * 32, "kind": "application", "entries": [ENTRY]}


class Said(httpx.SyncByteStream):
    """A body that httpx reads only when it is asked to, as from a socket."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body


class Endless(httpx.SyncByteStream):
    """A body that does not end; it knows how much of it was taken."""

    def __init__(self) -> None:
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.taken += 65536
            assert self.taken < 2**28, "the Desk takes everything"
            yield b"1" * 65536


def said(body: bytes, status: int = 200) -> httpx.Response:
    return httpx.Response(status, stream=Said(body))


def told(fields: object, status: int = 200) -> httpx.Response:
    return said(json.dumps(fields).encode(), status)


def always(answer: Callable[[], httpx.Response]) -> httpx.MockTransport:
    """A Gate with one answer to everything."""
    return httpx.MockTransport(lambda _: answer())


def offering(
    *parcels: object, entry: Callable[[], httpx.Response] = lambda: said(b"1234")
) -> httpx.MockTransport:
    """A Gate that offers these parcels for ever, and answers ``entry`` when it is asked for one."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/entry"):
            return entry()
        return told({"v": 1, "parcels": parcels})

    return httpx.MockTransport(answer)
