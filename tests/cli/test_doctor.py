# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword doctor`: a founded organisation has mistakes until somebody mends them one after another."""

import re
from pathlib import Path

import pytest

from tests.cli.founded import Founded
from tests.cli.terminal import Said, here, watchword
from watchword.cli import doctor_machine

SWAPS = """Filename Type Size Used Priority
/dev/zram0 partition 8388604 0 100
/swapfile file 2097148 0 -2
"""


def doctor(program: str, home: Path) -> Said:
    return watchword("doctor", program, "--dir", home / program)


def mistakes(said: Said) -> list[str]:
    return re.findall(r"^MISTAKE +(.+)$", said.out, re.MULTILINE)


@pytest.fixture
def copied(founded: Founded, tmp_path: Path) -> Path:
    return founded.copied_to(tmp_path / "organisation").home


def test_a_key_that_others_may_read_is_found_before_anything_is_started(copied: Path) -> None:
    (copied / "desk" / "keys" / "desk.key").chmod(0o644)
    said = here("doctor", "desk", "--dir", copied / "desk")
    assert mistakes(said) == ["the program's folder is whole, and closed to other accounts"]
    assert "chmod 600" in said.out
    assert said.status == 1


def test_a_checkpoint_that_cannot_be_read_is_told_and_stops_nobody(copied: Path) -> None:
    (copied / "desk" / "ledger" / "checkpoint").write_text("not a checkpoint")
    said = doctor("desk", copied)
    assert "the ledger on the disk has what the database promised" in mistakes(said)
    assert "things looked at" in said.out


def test_what_was_just_founded_is_not_yet_what_it_should_be(copied: Path) -> None:
    said = doctor("desk", copied)
    # Of the machine that runs the tests nothing is known.
    ours = [title for title in mistakes(said) if "swap" not in title and "room" not in title]
    assert ours == [
        "no root's private key is on this machine",
        "it is no demo, and cookies travel over TLS only",
        "it answers to a name of its own",
        "the Gate answers, and its clock agrees",
    ]
    assert str(copied / "roots" / "root-1.key") in said.out
    seed = (copied / "roots" / "root-1.key").read_text().split('"')[-2]
    assert seed not in said.out


def test_a_gate_beside_its_desk_and_an_old_manifest_are_told(copied: Path) -> None:
    settings = copied / "gate" / "settings.env"
    lines = settings.read_text() + "WATCHWORD_HOSTS=gate.example.org\n"
    settings.write_text(re.sub("WATCHWORD_ROOTS=.*", "WATCHWORD_ROOTS=", lines))
    told = mistakes(doctor("gate", copied))
    assert "the Desk is on another machine" in told
    assert "the manifest is in force, and stays so for two weeks" in told
    assert "it answers to a name of its own" not in told


def test_swap_is_told_unless_it_is_memory(tmp_path: Path) -> None:
    swaps = tmp_path / "swaps"
    assert list(doctor_machine.swap(swaps)) == []
    swaps.write_text(SWAPS)
    [mistake] = doctor_machine.swap(swaps)
    assert mistake.what.startswith("/swapfile ")
