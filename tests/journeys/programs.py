# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two real programs, started as a newcomer does, with ports and a folder of their own."""

import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# Thirty lives reach every stage up to the board's table.
INVENTED = 30
START_SECONDS = 240
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
        self.process.wait(timeout=30)


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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
