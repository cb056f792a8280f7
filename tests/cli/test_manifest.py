# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest`: two of the organisation's own roots, or nothing is written."""

import json
from pathlib import Path

import httpx
import pyotp
import pytest

from tests.cli.founded import Founded, passphrase
from tests.cli.programs import browser_at, running
from tests.cli.terminal import Said, watchword
from tests.ports import free_port
from watchword.cli.founding import read_root
from watchword.cli.founding_answers import CannotFound
from watchword.trust.manifest import believe


def sign(founded: Founded, output: Path, *roots: Path) -> Said:
    given = [word for root in roots for word in ("--root", root)]
    return watchword("manifest", "--dir", founded.home / "desk", *given, "--output", output)


def test_a_stranger_signs_nothing(founded: Founded, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.key"
    stranger.write_text(json.dumps({"name": "root-2", "ed25519": "07" * 32}))
    said = sign(founded, tmp_path / "new", founded.root_file(1), stranger)
    assert (said.status, said.err) == (1, "watchword: 1 of the roots signed the manifest; 2 must\n")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("numbers", [(1,), (1, 1)])
def test_one_root_is_not_enough_not_even_twice(
    founded: Founded, tmp_path: Path, numbers: tuple[int, ...]
) -> None:
    said = sign(founded, tmp_path / "new", *map(founded.root_file, numbers))
    assert (said.status, said.err) == (1, "watchword: 1 of the roots signed the manifest; 2 must\n")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '{"name": "root-1", "ed25519": "zz"}', "\u0456"])
def test_a_file_that_is_no_root_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "root.key").write_text(text, encoding="utf-8")
    with pytest.raises(CannotFound, match=r"root\.key is not the key file of a root"):
        read_root(tmp_path / "root.key")


def test_a_root_that_is_not_there_is_named(founded: Founded, tmp_path: Path) -> None:
    said = sign(founded, tmp_path / "new", tmp_path / "nowhere.key", founded.root_file(1))
    assert said.status == 1
    assert said.err.startswith("watchword: ")
    assert "nowhere.key" in said.err


def test_two_roots_sign_the_key_that_a_role_has_since_somebody_left(founded: Founded, tmp_path: Path) -> None:
    copy = founded.copied_to(tmp_path / "organisation")
    note = copy.home / "gate" / "manifest.note"
    before = believe(note.read_bytes(), copy.roots, 2)
    with running("desk", copy.home / "desk", free_port()) as http:
        end_the_service_of(http, copy, "Danylo R.", "danylo")
    said = sign(copy, tmp_path / "new", copy.root_file(1), copy.root_file(3))
    assert said.status == 0, said.err
    after = believe((tmp_path / "new").read_bytes(), copy.roots, 2)
    assert f"Version 2, in force until {after.expires}. Fingerprint: {after.fingerprint}" in said.out
    changed = {role for role in before.roles if before.roles[role] != after.roles[role]}
    assert changed == {"vetting"}
    assert (before.roles["vetting"].epoch, after.roles["vetting"].epoch) == (1, 2)


def end_the_service_of(http: httpx.Client, founded: Founded, name: str, login: str) -> None:
    """Petro, an administrator, sends somebody home."""
    desk = browser_at(http)
    desk.open("/log-in/")
    code = pyotp.TOTP(founded.secrets["petro"]).now()
    desk.send(desk.page.form_with("code"), login="petro", passphrase=passphrase("petro"), code=code)
    people = desk.open("/people/").html
    person = next(part for part in people.split("<a ") if name in part)
    address = person.partition('href="')[2].partition('"')[0]
    form = desk.open(address).form_to(f"{address}end/")
    assert desk.send(form, login=login, reason="moved away").status == 200
