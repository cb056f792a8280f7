# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword run`: refuses what is unsafe with a sentence, and the two programs do their work together."""

import shutil
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.cli.founded import Founded, passphrase
from tests.cli.programs import browser_at, running, until
from tests.cli.terminal import here, watchword
from tests.gate.applicant import Dov
from tests.gate.browser import Browser
from tests.ports import free_port
from watchword.cli import main
from watchword.cli.founding import read_root
from watchword.trust.manifest import sign, unchecked


def refused(program: str, home: Path) -> str:
    """Why nothing was begun in this directory: this is decided before the process becomes the program."""
    before = sorted(home.rglob("*"))
    with pytest.raises(SystemExit) as ended:
        main.main(["run", program, "--dir", str(home)])
    assert sorted(home.rglob("*")) == before
    return str(ended.value.code)


@pytest.fixture
def copy(founded: Founded, tmp_path: Path) -> Founded:
    """The organisation, to be damaged."""
    return founded.copied_to(tmp_path / "organisation")


@pytest.mark.parametrize("program", ["gate", "desk"])
def test_no_program_starts_where_nothing_was_founded(tmp_path: Path, program: str) -> None:
    assert "settings.env is missing. `watchword init` makes one" in refused(program, tmp_path)


@pytest.mark.parametrize(("program", "other"), [("gate", "desk"), ("desk", "gate")])
def test_no_program_starts_in_the_directory_of_the_other(founded: Founded, program: str, other: str) -> None:
    assert "the other program" in refused(program, founded.home / other)


@pytest.mark.parametrize("key", ["forms.key", "keys/desk.key", "keys/courier.key", "keys/ledger.key"])
def test_no_desk_starts_with_a_key_that_others_may_read(copy: Founded, key: str) -> None:
    (copy.home / "desk" / key).chmod(0o640)
    assert f"{key} can be read by other accounts" in refused("desk", copy.home / "desk")


def test_no_gate_starts_with_a_private_key_in_sight(copy: Founded) -> None:
    shutil.copy(copy.root_file(1), copy.home / "gate" / "root-1.key")
    said = watchword("run", "gate", "--dir", copy.home / "gate")
    assert said.status == 1
    assert "root-1.key holds a private key" in said.err


def test_no_demo_starts_on_an_address_that_a_network_can_reach(copy: Founded) -> None:
    settings = copy.home / "desk" / "settings.env"
    settings.write_text(settings.read_text() + "WATCHWORD_DEMO=true\n")
    said = watchword("run", "desk", "--dir", copy.home / "desk", "--host", "0.0.0.0")
    assert said.status == 1
    assert "127.0.0.1 only" in said.err


def test_a_broken_database_address_is_named(copy: Founded) -> None:
    settings = copy.home / "gate" / "settings.env"
    settings.write_text(settings.read_text() + "WATCHWORD_DATABASE=mysql://x\n")
    said = watchword("run", "gate", "--dir", copy.home / "gate")
    assert said.status == 1
    assert said.err.startswith("watchword: WATCHWORD_DATABASE must be empty")


def test_a_port_that_is_taken_is_named(copy: Founded) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = watchword("run", "gate", "--dir", copy.home / "gate", "--port", str(port))
    assert said.status == 1
    assert f"cannot listen on http://127.0.0.1:{port}/" in said.err


def log_in(http: httpx.Client, founded: Founded, login: str) -> Browser:
    """With the passphrase that was typed at the founding, and a code of the secret that was shown."""
    desk = browser_at(http)
    desk.open("/log-in/")
    code = founded.code(login)
    page = desk.send(desk.page.form_with("code"), login=login, passphrase=passphrase(login), code=code)
    assert page.status == 200
    assert "What waits for me" in page.text
    return desk


def test_an_application_reaches_the_desk_and_a_stranger_verifies_the_ledger(copy: Founded) -> None:
    gate_port, desk_port = free_port(), free_port()
    address = f"http://127.0.0.1:{gate_port}/"
    gate = running("gate", copy.home / "gate", gate_port)
    desk = running("desk", copy.home / "desk", desk_port, WATCHWORD_GATE_ADDRESS=address)
    with gate as at_gate, desk as at_desk:
        dov = Dov(browser_at(at_gate)).applies()
        assert dov.page.address == "/application/sent/"
        iryna = log_in(at_desk, copy, "iryna")
        for _ in until():
            if "Nothing waits for you" not in iryna.open("/").text:
                break
        (case,) = {link for link in iryna.open("/cases/").links if "WW-" in link}
        assert iryna.open(case).status == 200
        petro = log_in(at_desk, copy, "petro")
        assert petro.open(case).status == 403
    roots = [f"--root={root}" for root in copy.roots]
    desk_home, note = copy.home / "desk", copy.home / "gate" / "manifest.note"
    given = ["--manifest", str(note), *roots, "--vault", str(desk_home / "vault")]
    said = here("ledger", "verify", desk_home / "ledger", *given)
    assert said.status == 0, said.out + said.err
    assert "Nothing is wrong with this log." in said.out
    assert "taken on trust" not in said.out


def expire(founded: Founded) -> None:
    """Two roots sign a manifest whose time was over yesterday."""
    now = datetime.now(UTC).date()
    note = founded.home / "gate" / "manifest.note"
    old = replace(
        unchecked(note.read_bytes()), published=now - timedelta(days=91), expires=now - timedelta(days=1)
    )
    signed = sign(old, [read_root(founded.root_file(number)) for number in (1, 2)])
    for program in ("gate", "desk"):
        (founded.home / program / "manifest.note").write_bytes(signed)


def test_when_the_manifest_runs_out_the_gate_takes_nothing_and_says_so(copy: Founded) -> None:
    with running("gate", copy.home / "gate", free_port()) as http:
        assert http.get("/contact/").status_code == 200
        expire(copy)
        answer = http.get("/contact/")
        assert answer.status_code == 503
        assert "<form" not in answer.text.partition("<main")[2].partition("</main")[0]
    assert "the manifest is in force from" in watchword("run", "gate", "--dir", copy.home / "gate").err


def test_when_the_manifest_runs_out_the_desk_starts_and_says_why_nothing_is_sealed(copy: Founded) -> None:
    expire(copy)
    with running("desk", copy.home / "desk", free_port()) as http:
        iryna = log_in(http, copy, "iryna")
        assert "the manifest is in force from" in iryna.page.text


def test_a_web_server_with_tls_can_stand_in_front(copy: Founded) -> None:
    with running("gate", copy.home / "gate", free_port(), WATCHWORD_HOSTS="gate.example") as http:
        http.headers["Host"] = "gate.example"
        dov = Dov(browser_at(http))
        for origin, status in (("https://clone.example", 403), ("https://gate.example", 200)):
            http.headers["Origin"] = origin
            assert dov.makes_contact().status == status
        assert dov.page.address == "/receipt/"
