# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applicants who come over the network to a Gate that runs, and wait where they are asked to wait."""

import html
import json
import re
import time
from typing import cast
from urllib.parse import quote, urljoin

import httpx
from altcha import Challenge, Payload, solve_challenge
from django.test import Client

from tests.gate.applicant import Dov
from tests.gate.browser import Answer, Browser, Fields, Page

AGAIN = re.compile(r'content="(\d+);url=([^"]*)"')
CHALLENGE = re.compile(r'data-challenge="([^"]*)"')
SENT = "/application/sent/"


class KeptOut(Exception):
    """The patience of this applicant is at an end."""


class Line:
    """The part of the test client that our browser uses, over a real connection."""

    def __init__(self, address: str) -> None:
        self._line = httpx.Client(base_url=address, trust_env=False, timeout=60)

    def get(self, address: str) -> Answer:
        return self._line.get(address)

    def post(self, address: str, fields: Fields) -> Answer:
        return self._line.post(address, data=fields)


class Waiting(Browser):
    """A browser that stays on the waiting page for as long as somebody would."""

    def __init__(self, address: str, *, proves: bool, until: float) -> None:
        self.client = cast("Client", Line(address))
        self._proves, self._until = proves, until

    def arrive(self, response: Answer, address: str) -> Page:
        page = super().arrive(response, address)
        while page.status == 503 and (again := AGAIN.search(page.html)):
            onward = urljoin(page.address, html.unescape(again[2]))
            challenge = CHALLENGE.search(page.html)
            if self._proves and challenge:
                onward += f"&proof={quote(proof(html.unescape(challenge[1])))}"
            else:
                self._wait(int(again[1]))
            page = super().arrive(self.client.get(onward), onward)
        return page

    def _wait(self, seconds: float) -> None:
        if time.monotonic() + seconds > self._until:
            raise KeptOut
        time.sleep(seconds)


class Applicant:
    """Somebody who applies, from the first page to the sent application."""

    def __init__(self, address: str, *, proves: bool, patience: float) -> None:
        self._began = time.monotonic()
        self._dov = Dov(Waiting(address, proves=proves, until=self._began + patience))

    def seconds(self) -> float | None:
        """How long it took, or None for one who gave up."""
        try:
            page = self._dov.applies().page
        except KeptOut:
            return None
        except StopIteration:
            page = self._dov.page
        if (page.status, page.address) != (200, SENT):
            raise SystemExit(f"an applicant ended at {page.address} with {page.status}")
        return time.monotonic() - self._began


def proof(challenge: str) -> str:
    """A solved challenge; a browser's own library is as quick at it as Python's."""
    task = Challenge.from_dict(json.loads(challenge))
    solution = solve_challenge(task)
    if solution is None:
        raise KeptOut
    return Payload(task, solution).to_base64()
