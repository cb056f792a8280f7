# SPDX-License-Identifier: AGPL-3.0-or-later
"""A founding that is killed again and again, by a real SIGKILL, ends as one that nothing disturbed."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from watchword.cli import directory
from watchword.cli.founding import PROGRAMS
from watchword.cli.founding_answers import read_answers
from watchword.cli.founding_begun import DECIDED
from watchword.cli.founding_example import example
from watchword.profiles import load

ROOT = Path(__file__).resolve().parents[2]
STAFF = read_answers(example(load("legion")).encode()).staff


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an organisation whose founding was killed again and again."""
    folder = tmp_path_factory.mktemp("killed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.cli.killed_founding", str(folder)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (folder / "told").write_text(done.stdout, encoding="utf-8")
    return folder


def test_it_is_founded_exactly_once(killed: Path) -> None:
    told = json.loads((killed / "told").read_text(encoding="utf-8"))
    assert told["killed"] >= 9
    expected = {person.login: list(person.roles) for person in STAFF}
    assert told["roles"] == {**expected, "courier": ["courier"]}
    assert told["waiting"] == 0
    assert dict(told["keys"]) == {
        role: 1 for person in STAFF for role in person.roles if role != "administrator"
    }
    assert told["without"] == []


def test_whoever_was_told_that_they_can_log_in_is_never_enrolled_again(killed: Path) -> None:
    asked = json.loads((killed / "told").read_text(encoding="utf-8"))["asked"]
    done = [login for what, login in asked if what == "enrolled"]
    assert Counter(done) == Counter(person.login for person in STAFF)
    for login in done:
        words = [what for what, who in asked if who == login]
        assert "new" not in words[words.index("enrolled") :], login
    assert any(what == "again" for what, _ in asked)


def test_nothing_is_wrong_with_it_and_nothing_of_the_way_there_is_left(killed: Path) -> None:
    home = killed / "organisation"
    told = json.loads((killed / "told").read_text(encoding="utf-8"))
    assert told["doctor"] == []
    assert told["ledger"].endswith("Nothing is wrong with this log.\n")
    for program in PROGRAMS:
        directory.check(program, home / program)
    manifest = home / "gate" / "manifest.note"
    assert manifest.read_bytes() == (home / "desk" / "manifest.note").read_bytes()
    assert sorted(os.listdir(home)) == sorted([*PROGRAMS, "roots"])
    assert DECIDED not in os.listdir(home)
    assert [path for path in home.rglob("*") if path.name.endswith(".part")] == []
