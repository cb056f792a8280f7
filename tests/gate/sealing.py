# SPDX-License-Identifier: AGPL-3.0-or-later
"""A browser with scripts, as the Gate sees it: it seals by itself and sends the result in pieces."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.gate.applicant import Dov
from watchword.core.sealing.frame import Frame, pack
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status_code: int
    content: bytes

    @property
    def fields(self) -> dict[str, Any]:
        found = json.loads(self.content)
        assert isinstance(found, dict)
        return found


@dataclass
class Script:
    """What runs in the page of an applicant who is here; ``told`` is the answer to his last beginning."""

    dov: Dov
    told: dict[str, Any] = field(default_factory=dict)
    token: str = ""

    @property
    def address(self) -> str:
        return f"/sealed/{self.told['uid']}/"

    def ask(self, method: str, address: str, body: bytes = b"") -> Answer:
        """One question under the token of the page."""
        client = self.dov.browser.client
        token = self.token or client.cookies["csrftoken"].value
        answer = client.generic(method, address, body, "application/json", headers={"x-csrftoken": token})
        return Answer(answer.status_code, answer.content)

    def begins(
        self, kind: str = "file:1", compartment: str = "evidence", revision: int | None = None
    ) -> Answer:
        asked: dict[str, Any] = {"kind": kind, "compartment": compartment}
        asked |= {} if revision is None else {"revision": revision}
        answer = self.ask("POST", "/sealed/", json.dumps(asked).encode())
        if answer.status_code == 201:
            self.told = answer.fields
        return answer

    def seals(self, payload: bytes, **other: Any) -> bytes:
        """What it was told to bind and to seal to; ``other`` fields make it something else."""
        told = self.told | other
        bound = Frame(bytes.fromhex(told["case"]), told["compartment"], told["revision"])
        return seal(pack(bound, payload), [Recipient.parse(one) for one in told["recipients"]])

    def puts(self, seq: int, data: bytes) -> int:
        return self.ask("PUT", f"{self.address}{seq}/", data).status_code

    def finishes(self, pieces: int, size: int) -> int:
        body = json.dumps({"pieces": pieces, "size": size}).encode()
        return self.ask("POST", f"{self.address}finish/", body).status_code

    def sends(self, payload: bytes) -> None:
        """The whole, in order, without a fault."""
        sealed = self.seals(payload)
        parts = cut(sealed)
        assert [self.puts(seq, part) for seq, part in enumerate(parts)] == [204] * len(parts)
        assert self.finishes(len(parts), len(sealed)) == 204


def cut(sealed: bytes, size: int = 1 << 20) -> list[bytes]:
    return [sealed[at : at + size] for at in range(0, len(sealed), size)]
