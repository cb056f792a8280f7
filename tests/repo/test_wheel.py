# SPDX-License-Identifier: AGPL-3.0-or-later
"""The wheel is the whole program: it contains what is built, nothing of the tests, and its demo runs."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "watchword"
SHIPPED = {
    ".conf",
    ".service",
    ".steps",
    ".sql",
    ".py",
    ".html",
    ".toml",
    ".css",
    ".js",
    ".png",
    ".po",
    ".mo",
    ".jsonl",
    ".bin",
    ".txt",
}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]


def pip(*words: str | Path) -> None:
    subprocess.run([*PIP, *map(str, words)], check=True, cwd=ROOT, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this tree without asking any network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, ".")
    (built,) = folder.glob("watchword-*.whl")
    return built


def test_the_wheel_has_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packed = {name for name in names if ".dist-info/" not in name}
    here = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.suffix in SHIPPED and "__pycache__" not in path.parts
    }
    assert packed == here
    for needed in (
        "watchword/web/static/built/gate.css",
        "watchword/web/static/built/desk.css",
        "watchword/locale/uk/LC_MESSAGES/django.mo",
        "watchword/locale/ru/LC_MESSAGES/django.mo",
        "watchword/profiles/legion/profile.toml",
        "watchword/gate/templates/gate/start.html",
    ):
        assert needed in packed
    assert any(name.startswith("watchword/intake/migrations/0001") for name in packed)
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def said_until_it_runs(watchword: Path, cwd: Path, environment: dict[str, str]) -> list[str]:
    """The lines that a demo with one applicant prints until it runs; then it is stopped, as by Ctrl-C."""
    ports = ("--gate-port", str(free_port()), "--desk-port", str(free_port()))
    said = []
    with subprocess.Popen(
        [sys.executable, str(watchword), "demo", "--applicants", "1", *ports],
        env=environment,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if line.startswith("The demo is running."):
                process.terminate()
    assert process.returncode == 0, "".join(said)
    return said


def test_the_demo_of_the_installed_wheel_runs_and_goes_on_where_it_was_left(
    wheel: Path, tmp_path: Path
) -> None:
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip("install", "--no-deps", "--no-index", "--no-compile", "--target", installed, wheel)
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("WATCHWORD", "DJANGO"))}
    environment = {**ours, "PYTHONPATH": str(installed)}
    where = subprocess.run(
        [sys.executable, "-c", "import watchword; print(watchword.__file__)"],
        env=environment,
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    assert where.stdout.startswith(str(installed)), "the tree itself must not be what runs"
    command, home = installed / "bin" / "watchword", elsewhere / "watchword-demo"
    first = said_until_it_runs(command, elsewhere, environment)
    assert first[0] == "Making a demo organisation. Everybody in it is invented.\n"
    assert "  1 of 1 invented applications\n" in first
    assert not any("\r" in line for line in first), "a counter that overwrites itself is for terminals"
    assert max(len(line.replace(str(installed), "")) for line in first) < 80
    assert (home / "made.txt").is_file()
    kept = [home / "gate" / "manifest.note", home / "desk" / "demo-cast.json"]
    before = [file.read_bytes() for file in kept]
    again = said_until_it_runs(command, elsewhere, environment)
    assert not any("Making" in line or "invented applications" in line for line in again)
    assert [file.read_bytes() for file in kept] == before
