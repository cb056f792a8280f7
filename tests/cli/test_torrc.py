# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword gate torrc`: what Debian's tor takes as it is, and what it does not let through."""

import shutil
import subprocess
from pathlib import Path

import pytest

from watchword.cli.main import main

TOR = shutil.which("tor")


def written(folder: Path, *words: str) -> Path:
    path = folder / "torrc"
    assert main(["gate", "torrc", "--service", str(folder / "service"), "-o", str(path), *words]) == 0
    return path


@pytest.mark.skipif(TOR is None, reason="tor is not here, and to install it is to start it")
@pytest.mark.parametrize(
    "words",
    [(), ("--proxy", "haproxy"), ("--to", "127.0.0.1:8731")],
    ids=["socket", "proxy", "port"],
)
def test_tor_takes_it_without_a_warning(tmp_path: Path, words: tuple[str, ...]) -> None:
    path = written(tmp_path, *words)
    command = [str(TOR), "--verify-config", "-f", str(path), "--DataDirectory", str(tmp_path / "data")]
    nothing = tmp_path / "defaults"
    nothing.write_text("", encoding="ascii")
    done = subprocess.run(
        [*command, "--defaults-torrc", str(nothing)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout
    assert "Configuration was valid" in done.stdout
    told = [
        line for line in done.stdout.splitlines() if "[warn]" in line and "running Tor as root" not in line
    ]
    assert told == []


def test_the_flood_pays_and_the_circuits_are_told_to_a_proxy_alone(tmp_path: Path) -> None:
    plain = written(tmp_path).read_text(encoding="ascii")
    assert "\nHiddenServicePoWDefensesEnabled 1\n" in plain
    assert "\nHiddenServicePort 80 unix:/run/watchword-gate/gate.sock\n" in plain
    # Without somebody who reads the PROXY protocol, its first line would be taken for a request.
    assert "\nHiddenServiceExportCircuitID" not in plain
    assert "\nHiddenServiceExportCircuitID haproxy\n" in written(tmp_path, "--proxy", "nginx").read_text(
        "ascii"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "0.0.0.0:80"),
        ("--to", "198.51.100.7:80"),
        ("--service", "/a\nSocksPort 9050"),
        ("--to", "unix:/a b"),
    ],
)
def test_what_would_open_another_door_is_refused(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gate", "torrc", *words]) == 1
    assert capsys.readouterr().err.startswith("watchword: ")
