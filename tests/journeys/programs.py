# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two real programs, started as a newcomer does, with ports and a folder of their own."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.ports import free_port

# Thirty lives reach every stage up to the board's table.
INVENTED = 30
START_SECONDS, STOP_SECONDS = 600, 120
SIGN = "The demo is running."


@dataclass(frozen=True)
class Programs:
    """Gate and Desk, running: their addresses, their files, and what they print."""

    home: Path
    gate: str
    desk: str
    printed: Path
    process: "subprocess.Popen[bytes]"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=STOP_SECONDS)


def start(home: Path, applicants: int = INVENTED) -> Programs:
    """Make the demo in ``home`` and wait until both programs answer."""
    gate, desk = free_port(), free_port()
    printed = home.with_suffix(".txt")
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "watchword.cli.main", "demo", "--dir", str(home)),
                *("--gate-port", str(gate), "--desk-port", str(desk), "--applicants", str(applicants)),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    running = Programs(home, f"http://127.0.0.1:{gate}/", f"http://127.0.0.1:{desk}/", printed, process)
    give_up = time.monotonic() + START_SECONDS
    while SIGN not in printed.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > give_up:
            process.kill()
            raise AssertionError(printed.read_text(encoding="utf-8"))
        time.sleep(0.2)
    return running


@contextmanager
def gate_alone(home: Path) -> Iterator[None]:
    """A new organisation without applications, whose Gate alone runs during the block."""
    founded = start(home, applicants=0)
    founded.stop()
    port = urlsplit(founded.gate).port
    command = [sys.executable, "-m", "watchword.cli.main", "run", "gate", "--dir", str(home / "gate")]
    with home.with_suffix(".gate.txt").open("wb") as out:
        gate = subprocess.Popen([*command, "--port", str(port)], stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_it_answers(founded.gate)
        yield
    finally:
        gate.terminate()
        gate.wait(timeout=STOP_SECONDS)


def wait_until_it_answers(address: str) -> None:
    give_up = time.monotonic() + STOP_SECONDS
    # One client for all tries: each reads every certificate that it trusts.
    with httpx.Client(trust_env=False) as http:
        while time.monotonic() < give_up:
            try:
                http.get(address)
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
    raise AssertionError("the program did not start")
