# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword demo`: made once, resumed after a stop, never half."""

import socket
import subprocess
from pathlib import Path

from tests.cli.terminal import WATCHWORD, environment, watchword
from tests.ports import free_port

RUNS = "The demo is running."


def said_until_it_runs(home: Path) -> list[str]:
    """The lines that a demo with one applicant prints until it runs; then it is stopped, as by Ctrl-C."""
    ports = ("--gate-port", str(free_port()), "--desk-port", str(free_port()))
    lines: list[str] = []
    with subprocess.Popen(
        [*WATCHWORD, "demo", "--dir", str(home), *ports, "--applicants", "1"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.startswith(RUNS):
                process.terminate()
    assert process.returncode == 0, "".join(lines)
    return lines


def test_a_stopped_demo_goes_on_where_it_was_left(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    first = said_until_it_runs(home)
    assert first[0] == "Making a demo organisation. Everybody in it is invented.\n"
    assert "  1 of 1 invented applications\n" in first
    assert not any("\r" in line for line in first), "a counter that overwrites itself is for terminals"
    assert max(map(len, first)) - len(str(home)) < 80
    manifest, cast = (home / "gate" / "manifest.note").read_bytes(), home / "desk" / "demo-cast.json"
    kept = cast.read_bytes()
    again = said_until_it_runs(home)
    assert not any("Making" in line or "invented applications" in line for line in again)
    assert ((home / "gate" / "manifest.note").read_bytes(), cast.read_bytes()) == (manifest, kept)


def test_a_half_made_demo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo" / "gate").mkdir(parents=True)
    said = watchword("demo", "--dir", tmp_path / "demo")
    assert (said.status, said.err) == (
        1,
        f"{tmp_path / 'demo'} is not a finished demo; delete it and try again.\n",
    )


def test_a_port_that_is_taken_is_named_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = watchword("demo", "--dir", tmp_path / "demo", "--desk-port", str(port))
    assert said.status == 1
    assert said.err.startswith(f"Port {port} is in use")
    assert not (tmp_path / "demo").exists()
