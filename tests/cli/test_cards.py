# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword cards` and the Gate's socket, in the directories of a founded organisation."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.cli.founded import Founded, passphrase
from tests.cli.terminal import WATCHWORD, Said, at_a_terminal, environment
from watchword.cli.cards import write_private


def cards(founded: Founded, login: str, output: Path) -> Said:
    def answer(heard: str) -> str:
        if heard.endswith("of now: "):
            return founded.code(login) + "\n"
        return passphrase(login) + "\n"

    return at_a_terminal(
        answer,
        *("cards", "--dir", founded.home / "desk", "--login", login, "--count", "2"),
        *("--language", "uk", "-o", output),
    )


def test_intake_prints_cards_for_its_own_eyes(founded: Founded, tmp_path: Path) -> None:
    copy, output = founded.copied_to(tmp_path / "organisation"), tmp_path / "cards.pdf"
    said = cards(copy, "iryna", output)
    assert said.status == 0, said.out
    assert output.read_bytes().startswith(b"%PDF-")
    assert output.stat().st_mode & 0o077 == 0
    assert "holds 2 cards" in said.out


def test_a_sheet_is_never_written_over_another_file(tmp_path: Path) -> None:
    path = tmp_path / "cards.pdf"
    path.write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        write_private(path, b"new")
    assert path.read_bytes() == b"kept"


def test_the_gate_listens_on_a_socket_and_on_no_port(founded: Founded, tmp_path: Path) -> None:
    copy, socket = founded.copied_to(tmp_path / "o"), tmp_path / "s"
    process = subprocess.Popen(
        [*WATCHWORD, "run", "gate", "--dir", str(copy.home / "gate"), "--socket", str(socket)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"gate listens on unix:{socket}\n"
        with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket))) as http:
            assert http.get("http://localhost/genuine/").status_code == 200
        assert socket.stat().st_mode & 0o007 == 0
    finally:
        process.terminate()
        process.communicate(timeout=60)
