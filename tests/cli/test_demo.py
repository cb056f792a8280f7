# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword demo`: never half. That it runs, and goes on after a stop: tests/repo/test_wheel.py."""

import socket
from pathlib import Path

from tests.cli.terminal import watchword


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
