# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gate and Desk as processes of their own, started in a founded organisation's directories."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import httpx
from django.test import Client

from tests.cli.terminal import WATCHWORD, environment
from tests.gate.browser import Browser

PATIENCE_SECONDS = 120


@contextmanager
def running(program: str, home: Path, port: int, **settings: str) -> Iterator[httpx.Client]:
    """The program until the end of the block, and a browser without scripts that looks at it."""
    process = subprocess.Popen(
        [*WATCHWORD, "run", program, "--dir", str(home), "--port", str(port)],
        env={**environment(), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == f"{program} listens on http://127.0.0.1:{port}/\n", line + process.stdout.read()
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}",
            trust_env=False,
            follow_redirects=True,
            timeout=PATIENCE_SECONDS,
        ) as browser:
            yield browser
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)


def until(seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Ask again for so long: what one program does for the other is seen a moment later."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        yield
        time.sleep(0.2)
    raise AssertionError("this did not happen in time")


class Device:
    """Lends the tests' reader of pages a real connection in the place of Django's test client."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def get(self, address: str) -> httpx.Response:
        return self._http.get(address, follow_redirects=False)

    def post(self, address: str, fields: dict[str, list[str]]) -> httpx.Response:
        return self._http.post(address, data=fields, follow_redirects=False)


def browser_at(http: httpx.Client) -> Browser:
    """An applicant or an officer at a running program."""
    browser = Browser()
    browser.client = cast("Client", Device(http))
    return browser
