# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two real programs, started as a newcomer does, with ports and a folder of their own."""

import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import httpx

# Thirty lives reach every stage up to the board's table, and that takes a minute.
INVENTED = 30
START_SECONDS = 240
SIGN = "The demo is running."


@dataclass
class Programs:
    """Gate and Desk, running: their addresses, their files, and everything that they printed."""

    home: Path
    gate: str
    desk: str
    process: "subprocess.Popen[str]"
    printed: list[str] = field(default_factory=list)

    @property
    def log(self) -> str:
        return "".join(self.printed)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def start(home: Path, applicants: int = INVENTED) -> Programs:
    """Make the demo in ``home`` and wait until both programs answer."""
    gate, desk = free_port(), free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "watchword.cli.main", "demo", "--dir", str(home)),
            *("--gate-port", str(gate), "--desk-port", str(desk), "--applicants", str(applicants)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Programs(home, f"http://127.0.0.1:{gate}/", f"http://127.0.0.1:{desk}/", process)
    ready = threading.Event()
    threading.Thread(target=_listen, args=(running, ready), daemon=True).start()
    if not ready.wait(START_SECONDS) or process.poll() is not None:
        process.kill()
        raise AssertionError(running.log)
    assert httpx.get(running.desk, trust_env=False, follow_redirects=True).is_success
    return running


def _listen(running: Programs, ready: threading.Event) -> None:
    """Keep what the programs print, so that no pipe fills up, and tell when they are ready."""
    assert running.process.stdout is not None
    for line in running.process.stdout:
        running.printed.append(line)
        if SIGN in line:
            ready.set()
    ready.set()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
