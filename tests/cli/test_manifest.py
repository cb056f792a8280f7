# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword manifest`: a draft from the Desk, two officers who sign it, anybody who checks it."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.cli.founded import Founded, passphrase
from tests.cli.programs import browser_at, running
from tests.cli.terminal import watchword
from tests.gate.browser import Browser
from tests.ports import free_port
from watchword.cli.founding import read_root
from watchword.cli.founding_answers import CannotFound
from watchword.cli.main import main
from watchword.trust.fingerprint import of_roots
from watchword.trust.manifest import believe, read_draft

Heard = pytest.CaptureFixture[str]


@pytest.fixture
def draft(founded: Founded, tmp_path: Path) -> Path:
    """The present manifest without its signatures, as `make` writes one."""
    path = tmp_path / "draft"
    signed = (founded.home / "gate" / "manifest.note").read_bytes()
    path.write_text(read_draft(signed).manifest.text(), encoding="utf-8")
    return path


def sign(draft: Path, root: Path, *more: str) -> int:
    return main(["manifest", "sign", str(draft), "--root", str(root), "-o", str(draft), *more])


def check(file: Path, *whom: str | Path) -> int:
    return main(["manifest", "check", str(file), *map(str, whom)])


def test_a_stranger_may_sign_and_is_not_believed(
    founded: Founded, draft: Path, tmp_path: Path, capsys: Heard
) -> None:
    stranger = tmp_path / "stranger.key"
    stranger.write_text(json.dumps({"name": "root-2", "ed25519": "07" * 32}))
    assert sign(draft, founded.root_file(1), "--yes") == 0
    assert sign(draft, stranger, "--yes") == 0
    assert check(draft, "--dir", founded.home / "gate") == 1
    assert "1 of the roots signed the manifest; 2 must" in capsys.readouterr().err


def test_one_root_is_not_enough_not_even_twice(founded: Founded, draft: Path, capsys: Heard) -> None:
    assert sign(draft, founded.root_file(1), "--yes") == 0
    assert sign(draft, founded.root_file(1), "--yes") == 1
    assert "root-1 has signed this already" in capsys.readouterr().err
    assert check(draft, "--dir", founded.home / "gate") == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"legion", b"region"),
        lambda raw: raw[:-2],
        lambda raw: b"",
        lambda raw: b"\xff",
    ],
    ids=["changed", "cut", "empty", "not text"],
)
def test_a_file_that_was_changed_on_the_way_is_told_in_a_sentence(
    founded: Founded, tmp_path: Path, capsys: Heard, change: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(change((founded.home / "gate" / "manifest.note").read_bytes()))
    assert check(path, "--dir", founded.home / "gate") == 1
    assert capsys.readouterr().err.startswith("watchword: ")


@pytest.mark.parametrize("text", ["", "[]", "3", "{}", '{"name": "root-1", "ed25519": "zz"}', "\u0456"])
def test_a_file_that_is_no_root_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "root.key").write_text(text, encoding="utf-8")
    with pytest.raises(CannotFound, match=r"root\.key is not the key file of a root"):
        read_root(tmp_path / "root.key")


def test_a_root_that_is_not_there_is_named(founded: Founded, draft: Path, capsys: Heard) -> None:
    assert sign(draft, draft.with_name("nowhere.key"), "--yes") == 1
    assert "nowhere.key" in capsys.readouterr().err


def test_nothing_is_signed_before_the_officer_types_the_name_of_the_root(
    founded: Founded, draft: Path, capsys: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = draft.read_bytes()
    for typed, status in (("yes", 1), ("root-1", 0)):
        monkeypatch.setattr("builtins.input", lambda _asked, typed=typed: typed)
        assert sign(draft, founded.root_file(1)) == status
        assert (draft.read_bytes() == before) == bool(status)
    assert "Addresses:" in capsys.readouterr().out


def test_whoever_checks_must_say_whom_he_believes(founded: Founded, draft: Path, capsys: Heard) -> None:
    assert check(draft) == 1
    assert "say whose signatures count" in capsys.readouterr().err


def test_the_check_says_the_mark_in_words_and_digits(founded: Founded, capsys: Heard) -> None:
    note = founded.home / "gate" / "manifest.note"
    roots = [word for root in founded.roots for word in ("--root", root)]
    assert check(note, *roots, "--language", "uk") == 0
    said, mark = capsys.readouterr().out, of_roots(founded.roots, 2)
    assert str(mark) in said
    assert all(" ".join(row) in said for row in mark.rows("uk"))


def test_two_roots_sign_the_key_that_a_role_has_since_somebody_left(
    founded: Founded, tmp_path: Path, capsys: Heard
) -> None:
    copy = founded.copied_to(tmp_path / "organisation")
    note, new = copy.home / "gate" / "manifest.note", tmp_path / "new"
    before = believe(note.read_bytes(), copy.roots, 2)
    with running("desk", copy.home / "desk", free_port()) as http:
        end_the_service_of(http, copy, "Danylo R.", "danylo")
        make_the_next_key(http, copy, "ada")
    said = watchword("manifest", "make", "--dir", copy.home / "desk", "-o", new)
    assert said.status == 0, said.err
    assert "the key of the role vetting is another" in said.out
    assert sign(new, copy.root_file(1), "--yes", "--before", str(note)) == 0
    assert sign(new, copy.root_file(3), "--yes") == 0
    assert check(new, "--dir", copy.home / "desk") == 0
    after = believe(new.read_bytes(), copy.roots, 2)
    assert f"Version:       {before.version + 1}\n" in capsys.readouterr().out
    changed = {role for role in before.roles if before.roles[role] != after.roles[role]}
    assert changed == {"vetting"}
    assert (before.roles["vetting"].epoch, after.roles["vetting"].epoch) == (1, 2)


def end_the_service_of(http: httpx.Client, founded: Founded, name: str, login: str) -> None:
    """Petro, an administrator, sends somebody home."""
    desk = logged_in(http, founded, "petro")
    people = desk.open("/people/").html
    person = next(part for part in people.split("<a ") if name in part)
    address = person.partition('href="')[2].partition('"')[0]
    form = desk.open(address).form_to(f"{address}end/")
    assert desk.send(form, login=login, reason="moved away").status == 200
    desk.send(desk.page.form_to("/log-out/"))


def make_the_next_key(http: httpx.Client, founded: Founded, login: str) -> None:
    """Somebody who stays makes the key of vetting that the person who left never had."""
    desk = logged_in(http, founded, login)
    assert desk.send(desk.open("/keys/").form_to("/keys/vetting/renew/")).status == 200


def logged_in(http: httpx.Client, founded: Founded, login: str) -> Browser:
    desk = browser_at(http)
    desk.open("/log-in/")
    words = {"login": login, "passphrase": passphrase(login), "code": founded.code(login)}
    desk.send(desk.page.form_with("code"), **words)
    return desk
