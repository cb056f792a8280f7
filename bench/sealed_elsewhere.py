# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applications that browsers and kits have sealed before the clock runs, and the requests that bring them.

Every application has its own receipt, keys and seals, of the very parts that the Gate seals where no script
runs. What is inside is noise: the Gate cannot look.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from watchword.core.sealing.armor import armor
from watchword.core.sealing.frame import Frame, case_of, pack
from watchword.core.sealing.parcel_text import FIRST_LINE, LAST_LINE
from watchword.core.sealing.primitives import random_bytes, random_digits
from watchword.core.sealing.recipients import Identity
from watchword.core.sealing.seal import seal
from watchword.intake import envelopes
from watchword.intake.models import Mailbox

LOADED = re.compile(r'<(?:img|link|script)\b[^>]*?\s(?:src|href)="([^"]*)"')
TICKET = re.compile(r'name="ticket" value="([^"]*)"')


@dataclass(frozen=True)
class Part:
    """One thing to seal: where it belongs, and how many bytes it has."""

    compartment: str
    kind: str
    size: int


@dataclass(frozen=True)
class Sealed:
    """An application on its writer's machine: the mailbox's public key, and the parts with their seals."""

    locator: str
    recipient: str
    parts: tuple[tuple[Part, bytes], ...]


class Refused(Exception):
    """The Gate did not take what it should have taken."""


def parts_of(case: str, size: int) -> list[Part]:
    """The parts of an application that the Gate itself has sealed, sharing ``size`` bytes evenly."""
    entries = list(Mailbox.objects.get(case=case).entries.order_by("revision"))
    return [Part(entry.compartment, entry.kind, size // len(entries)) for entry in entries]


def sealed(parts: list[Part]) -> Sealed:
    """A new application of these parts. The receipt's slow derivation is the browser's, and left out."""
    recipient = str(Identity.generate().recipient)
    case = bytes.fromhex(case_of(recipient))
    seals = [
        seal(
            pack(Frame(case, part.compartment, number), b"x" * part.size), envelopes.readers(part.compartment)
        )
        for number, part in enumerate(parts, 1)
    ]
    return Sealed(random_digits(8), recipient, tuple(zip(parts, seals, strict=True)))


class Browser:
    """Brings an application as the scripts of the pages do: the contact, each part in three steps, all."""

    def __init__(self) -> None:
        self._client = Client(enforce_csrf_checks=True)

    def brings(self, one: Sealed) -> None:
        (_, contact), *others = one.parts
        told = {"ticket": self._ticket("/contact/"), "locator": one.locator, "recipient": one.recipient}
        told |= {"login": random_bytes(32).hex(), "sealed": base64.b64encode(contact).decode()}
        self._tell("/browser/begin/", told)
        self._tell("/browser/written/", {})
        for part, seal_ in others:
            # What goes along with an application, the Gate writes itself when it is sent.
            if part.kind.startswith("section:"):
                self._hand_over(part, seal_)
        ticket = self._ticket("/application/send/")
        answer = self._client.post("/application/send/", {"ticket": ticket}, headers=self._headers())
        if answer.status_code != 302:
            raise Refused("/application/send/", answer.status_code)

    def _hand_over(self, part: Part, seal_: bytes) -> None:
        begun = self._tell("/sealed/", {"kind": part.kind, "compartment": part.compartment})
        place = f"/sealed/{begun['uid']}/"
        self._ask("PUT", f"{place}0/", seal_)
        self._tell(f"{place}finish/", {"pieces": 1, "size": len(seal_)})

    def _ticket(self, address: str) -> str:
        found = TICKET.search(self._client.get(address).content.decode())
        if found is None:
            raise Refused(address)
        return found[1]

    def _tell(self, address: str, fields: dict[str, Any]) -> Any:
        return self._ask("POST", address, json.dumps(fields).encode())

    def _ask(self, method: str, address: str, body: bytes) -> Any:
        answer = self._client.generic(method, address, body, "application/json", headers=self._headers())
        if answer.status_code >= 300:
            raise Refused(address, answer.status_code, answer.content)
        return json.loads(answer.content) if answer.content else None

    def _headers(self) -> dict[str, str]:
        return {"x-csrftoken": self._client.cookies["csrftoken"].value}


def first_page() -> list[int]:
    """Compressed bytes of the Gate's first page, and of each thing that it loads."""
    client = Client()
    page = client.get("/").content
    loaded = dict.fromkeys(LOADED.findall(page.decode()))
    return [len(gzip.compress(one)) for one in (page, *(client.get(link).getvalue() for link in loaded))]


def text_of(one: Sealed) -> str:
    """The application as the offline kit writes it."""
    return "\n".join(_lines(one))


def paste(text: str) -> None:
    """Bring it to the page that takes what was sealed offline."""
    client = Client(enforce_csrf_checks=True)
    ticket = TICKET.search(client.get("/offline/").content.decode())
    headers = {"x-csrftoken": client.cookies["csrftoken"].value}
    answer = client.post(
        "/offline/", {"parcel": text, "ticket": ticket[1] if ticket else ""}, headers=headers
    )
    if answer.status_code >= 400:
        raise Refused("/offline/", answer.status_code, answer.content)


def _lines(one: Sealed) -> Iterator[str]:
    yield FIRST_LINE
    yield f"mailbox {one.locator} {random_bytes(32).hex()} {one.recipient}"
    for number, (part, seal_) in enumerate(one.parts, 1):
        yield f"entry {part.compartment} {part.kind} {number}"
        yield armor(seal_).decode().strip()
    yield LAST_LINE
