# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword init` refuses before it makes anything, shows each secret to one person, finishes or says so."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.founded import SEAT_KEY, Founded, with_a_seat_outside
from tests.cli.terminal import at_a_terminal, here
from watchword.cli import directory
from watchword.cli.founding_answers import CannotFound, read_answers
from watchword.cli.founding_ceremony import WIPE
from watchword.cli.founding_example import example
from watchword.profiles import load
from watchword.trust.fingerprint import of_roots
from watchword.trust.manifest import unchecked

EXAMPLE = example(load("legion"))


def changed(old: str, new: str = "") -> bytes:
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new).encode()


BROKEN = {
    "not a text": (b"\xff\xfe", "not TOML"),
    "not TOML": (b"title = ", "not TOML"),
    "nothing": (b"", "needs a list of staff"),
    "staff that are no list": (b"staff = 3", "needs a list of staff"),
    "staff that are no people": (b"staff = [3]", "needs a list of staff"),
    "a word that nobody reads": (changed("title =", "name ="), "says 'name', which nobody reads"),
    "a word of a person that nobody reads": (changed("language =", "lang ="), "says 'lang'"),
    "no title": (changed('title = "Free Harbour"'), "needs a title"),
    "two lines in a title": (changed("Free Harbour", r"Free\nHarbour"), "needs a title, in one line"),
    "one gate that is no list": (changed('["http://127.0.0.1:8731/"]', '"http://h/"'), "list of gates"),
    "a gate that is no address": (changed("http://127.0.0.1:8731/", "gate.example"), "not the address"),
    "a line smuggled into the settings": (
        changed("127.0.0.1:8731/", r"h/\nWATCHWORD_DEMO=true"),
        "not the address",
    ),
    "a port that is none": (changed("127.0.0.1:8731", "127.0.0.1:port"), "not the address"),
    "an unknown profile": (changed('"legion"', '"pirates"'), "no profile “pirates”"),
    "a profile outside": (changed('"legion"', '"../legion"'), "no profile"),
    "an unknown role": (changed('"examiner"', '"inquisitor"'), "marta has the role inquisitor"),
    "the courier's role": (changed('"examiner"', '"courier"'), "marta has the role courier"),
    "an administrator who reads": (changed('["administrator"] }', '["administrator", "board"] }'), "petro"),
    "a log-in twice": (changed('"petro"', '"olha"'), "two people have the log-in olha"),
    "a log-in with capitals": (changed('"petro"', '"Petro"'), "'Petro' cannot be a log-in"),
    "an unknown language": (changed('"uk"', '"fr"'), "needs a language out of: en, uk, ru"),
    "a name too long": (changed("Petro S.", "P" * 121), "longer than 120"),
    "one administrator": (changed('["administrator"] }', '["intake"] }'), "2 administrator, not 1"),
    "one who screens": (
        changed('    { login = "stas", name = "Stas O.", roles = ["screening"] },\n'),
        "2 screening, not 1",
    ),
    "a seat key that is none": (
        changed('["custodian-1"]', '["custodian-1"], seat_key = "age1pq1"'),
        "the seat_key of tess",
    ),
    "a seat key of nobody with a seat": (
        changed('["examiner"]', f'["examiner"], seat_key = "{SEAT_KEY}"'),
        "no seat in custody",
    ),
    "one key for two seats": (
        with_a_seat_outside(EXAMPLE.replace('["custodian-2"]', '["custodian-1"]')).encode(),
        "the same seat_key",
    ),
    "two vetters": (
        changed('"danylo", name = "Danylo R.", roles = ["vetting"]', '"d2", name = "D", roles = ["board"]'),
        "3 vetting, not 2",
    ),
    "three on the board": (
        changed('    { login = "nina", name = "Nina P.", roles = ["board"] },\n'),
        "4 board, not 3",
    ),
    "no auditor": (
        changed('    { login = "orest", name = "Orest W.", roles = ["auditor"] },\n'),
        "1 auditor, not 0",
    ),
}


@pytest.mark.parametrize(("answers", "sentence"), BROKEN.values(), ids=BROKEN)
def test_answers_with_which_nothing_could_work_are_refused(answers: bytes, sentence: str) -> None:
    with pytest.raises(CannotFound) as refusal:
        read_answers(answers)
    assert sentence in str(refusal.value)


def test_the_printed_example_can_be_used() -> None:
    assert read_answers(here("init", "--example").out.encode()).title == "Free Harbour"


def test_a_refused_founding_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_bytes(changed('"examiner"', '"inquisitor"'))
    said = here("init", "--dir", tmp_path / "new", "--answers", tmp_path / "answers.toml")
    assert said.status == 1
    assert said.err.startswith("watchword: marta has the role inquisitor")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("words", [[], ["--dir", "new"], ["--dir", "new", "--answers", "nowhere.toml"]])
def test_without_answers_nothing_is_founded(tmp_path: Path, words: list[str]) -> None:
    said = here("init", *words, cwd=tmp_path)
    assert said.status > 0
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_directory_in_which_something_lies_is_left_alone(founded: Founded, tmp_path: Path) -> None:
    answers = founded.home.parent / "answers.toml"
    said = here("init", "--dir", founded.home, "--answers", answers)
    assert (said.status, said.err) == (1, f"watchword: {founded.home} is not empty\n")


def test_an_interrupted_founding_is_never_half_used_and_goes_on(tmp_path: Path) -> None:
    home, answers = tmp_path / "new", tmp_path / "answers.toml"
    answers.write_text(EXAMPLE, encoding="utf-8")
    said = at_a_terminal(lambda _: "\x03", "init", "--dir", home, "--answers", answers)
    assert said.status == 130
    assert f"go on with: watchword init --dir {home}" in said.out
    assert "Traceback" not in said.out
    for program in ("gate", "desk"):
        said = here("run", program, "--dir", home / program)
        assert said.status == 1
        assert "was not finished" in said.err
    said = here("manifest", "make", "--dir", home / "desk", "-o", tmp_path / "draft")
    assert "was not finished" in said.err
    answers.write_bytes(changed("Free Harbour", "Another Harbour"))
    assert "begun with other answers" in here("init", "--dir", home, "--answers", answers).err
    said = at_a_terminal(lambda _: "\x03", "init", "--dir", home)
    assert f"The founding in {home} goes on." in said.out
    assert "Olha M. (olha), sit down alone" in said.out


def test_slips_of_the_finger_are_named_and_asked_again(founded: Founded) -> None:
    assert "That was 5 characters; 16 are needed." in founded.said.out
    assert "That was not the same twice." in founded.said.out
    assert founded.said.out.count("That is not the code.") == len(founded.secrets) == 20


def test_nobody_reads_the_secret_of_who_sat_there_before(founded: Founded) -> None:
    screens = founded.said.out.split(WIPE)
    assert len(screens) == 21
    for screen in screens[:-1]:
        assert screen.count("otpauth://") == 1
        assert "five words" in screen
    assert "otpauth://" not in screens[-1]


def test_a_person_without_a_camera_can_type_the_secret(founded: Founded) -> None:
    in_fours = " ".join(founded.secrets["ada"][start : start + 4] for start in range(0, 32, 4)).strip()
    assert f"type this into it instead: {in_fours}\n" in founded.said.out


def test_the_founders_are_told_every_public_root_and_their_mark(founded: Founded) -> None:
    assert len(founded.roots) == 3
    assert str(of_roots(founded.roots, 2)) in founded.said.out
    for root in founded.roots:
        assert f"   {root}\n" in founded.said.out


def test_a_key_that_a_custodian_made_at_home_is_named_and_has_no_other_half_here(founded: Founded) -> None:
    signed = unchecked((founded.home / "gate" / "manifest.note").read_bytes())
    assert signed.roles["custodian-1"].recipient == SEAT_KEY.recipient
    with closing(sqlite3.connect(founded.home / "desk" / "desk.sqlite3")) as desk:
        seats = "SELECT role FROM accounts_rolekeycopy JOIN accounts_rolekey ON role_key_id = uid"
        kept = {role for (role,) in desk.execute(seats) if role.startswith("custodian-")}
    assert kept == {f"custodian-{number}" for number in range(2, 6)}


def test_every_file_is_its_owners_alone(founded: Founded) -> None:
    open_to_others = [
        f"{stat.filemode(path.stat().st_mode)} {path}"
        for path in (founded.home, *founded.home.rglob("*"))
        if path.stat().st_mode & directory.OTHERS
    ]
    assert open_to_others == []


def test_no_passphrase_and_no_secret_of_codes_lies_on_the_disk(founded: Founded) -> None:
    secrets = [*founded.secrets.values(), "remembers five words"]
    for path in founded.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert [secret for secret in secrets if secret.encode() in content] == [], path
    assert os.listdir(founded.home / "desk" / "vault") == []
