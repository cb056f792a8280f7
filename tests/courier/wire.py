# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wire between Desk and Gate, which can be cut at any request: before, midway or after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import httpx


class When(StrEnum):
    """What the Gate knows of the request when the line goes dead."""

    BEFORE = "the request is lost"
    MIDWAY = "half of the answer is lost"
    AFTER = "the answer is lost"


@dataclass
class Wire(httpx.BaseTransport):
    """Carries requests to the Gate; dead from request ``cut`` on, counted from 1 (0: never)."""

    gate: httpx.BaseTransport
    cut: int = 0
    when: When = When.BEFORE
    carried: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.carried.append(request.url.path)
        number = len(self.carried)
        if self.cut and (number > self.cut or (number == self.cut and self.when is When.BEFORE)):
            raise httpx.ConnectError("cut")
        answer = self.gate.handle_request(request)
        if number != self.cut:
            return answer
        whole = answer.read()
        answer.close()
        if self.when is When.AFTER:
            raise httpx.ReadError("cut")
        return httpx.Response(answer.status_code, headers=answer.headers, stream=_Half(whole))


class _Half(httpx.SyncByteStream):
    def __init__(self, whole: bytes) -> None:
        self._whole = whole

    def __iter__(self) -> Iterator[bytes]:
        yield self._whole[: len(self._whole) // 2]
        raise httpx.ReadError("cut")
