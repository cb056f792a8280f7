# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever stops the making of a version, readers see the one before, and the next attempt is whole."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.watchlists.files import ALYONA, EVERYBODY, FOMA, STENKA, add, found, stocked, update, written
from watchword.core.refusals import WrongState
from watchword.watchlists import Report, Shelf
from watchword.watchlists.people import from_line

ROOT = Path(__file__).resolve().parents[2]
MANY = [{"id": f"x{number}", "name": f"Vydumka Nomer{number}"} for number in range(1500)]


class PowerCut(BaseException):
    """Nothing catches this."""


class CutAt:
    """A progress that ends everything when a stage is reached."""

    def __init__(self, stage: str) -> None:
        self.stage = stage

    def __call__(self, report: Report) -> None:
        if report.stage == self.stage:
            raise PowerCut


@pytest.mark.parametrize("stage", ["read", "write"])
def test_an_add_that_is_cut_short_adds_nothing_and_can_be_repeated(tmp_path: Path, stage: str) -> None:
    shelf, path = Shelf(tmp_path / "shelf"), written(tmp_path / "many.csv", [*MANY, *EVERYBODY])
    with pytest.raises(PowerCut):
        add(shelf, path, progress=CutAt(stage))
    assert shelf.lists() == ()
    assert add(shelf, path).people == 1503
    assert found(shelf, "Foma Vydumkin") == ["foma"]


@pytest.mark.parametrize("stage", ["read", "write"])
def test_an_update_that_is_cut_short_leaves_the_version_before(tmp_path: Path, stage: str) -> None:
    shelf = stocked(tmp_path)
    path = written(tmp_path / "many.csv", [*MANY, FOMA])
    with pytest.raises(PowerCut):
        update(shelf, path, progress=CutAt(stage))
    assert shelf.version("examples").number == 1
    assert found(shelf, "Степан Вымыслов") == ["stenka"]
    shelf.verify("examples")


def test_what_was_read_before_the_cut_is_not_read_again(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path / "shelf"), written(tmp_path / "one.csv", EVERYBODY)
    with pytest.raises(PowerCut):
        add(shelf, path, progress=CutAt("write"))
    before = (tmp_path / "shelf/examples/building/people.jsonl").stat().st_ino
    add(shelf, path)
    assert (tmp_path / "shelf/examples/0001/people.jsonl").stat().st_ino == before


def test_what_was_read_of_another_file_is_read_again(tmp_path: Path) -> None:
    shelf, path = Shelf(tmp_path / "shelf"), written(tmp_path / "one.csv", EVERYBODY)
    with pytest.raises(PowerCut):
        add(shelf, path, progress=CutAt("write"))
    assert add(shelf, written(path, (ALYONA, STENKA))).people == 2
    assert found(shelf, "Foma Vydumkin") == []


def test_a_killed_process_leaves_a_shelf_that_works(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    path = written(tmp_path / "many.csv", [*MANY, FOMA])
    program = (
        "import os, signal, sys; from pathlib import Path; from tests.watchlists.files import update\n"
        "from watchword.watchlists import Shelf\n"
        "kill = lambda report: os.kill(os.getpid(), signal.SIGKILL)\n"
        "update(Shelf(Path(sys.argv[1])), Path(sys.argv[2]), progress=kill)"
    )
    words = [sys.executable, "-c", program, str(shelf.directory), str(path)]
    done = subprocess.run(words, cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert found(shelf, "Степан Вымыслов") == ["stenka"]
    assert update(shelf, path).people == 1501


def test_two_never_change_one_list_together(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    refused: list[str] = []

    def meddle(report: Report) -> None:
        with pytest.raises(WrongState, match="Somebody else") as reason:
            update(shelf, tmp_path / "one.csv")
        refused.append(str(reason.value))

    assert update(shelf, tmp_path / "one.csv", progress=meddle).number == 2
    assert refused


def test_a_cut_between_the_last_two_steps_is_mended_by_the_next_update(tmp_path: Path) -> None:
    """The version lies there whole, but nobody was told: it is made again."""
    shelf = stocked(tmp_path)
    update(shelf, tmp_path / "one.csv")
    (tmp_path / "shelf/examples/current").write_text("1")
    assert shelf.version("examples").number == 1
    assert update(shelf, written(tmp_path / "one.csv", (FOMA, ALYONA))).number == 2
    assert shelf.version("examples").people == 2


def test_every_line_of_the_records_is_a_person_of_its_own(tmp_path: Path) -> None:
    shelf = stocked(tmp_path)
    lines = (shelf.current("examples") / "people.jsonl").read_bytes().splitlines()
    assert [from_line(line).key for line in lines] == ["foma", "alyona", "stenka"]
