# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword lists`: what is printed, what is refused, and where the report lies."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.screening.loaders.files import SAMPLES
from watchword.cli import main

DESCRIBED = """
polarity = "persecutor"
[title]
en = "Wanted"
uk = "Розшук"
ru = "Розыск"
[note]
en = "May speak for the applicant."
uk = "Може свідчити на користь заявника."
ru = "Может говорить в пользу заявителя."
[mapping]
delimiter = ";"
[mapping.columns]
"№" = "key"
"Фамилия" = "surname"
"Имя" = "given"
"Отчество" = "patronymic"
"Рождение" = "birth"
"Паспорт" = "passport"
[mapping.only]
"Вид" = ["лицо"]
"""


class Terminal:
    """The command with a shelf of its own; remembers what it printed."""

    def __init__(self, shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.shelf, self._capsys = shelf, capsys
        self.out = self.err = ""

    def lists(self, *words: str | Path) -> int:
        status = main.main(["lists", *map(str, words), "--shelf", str(self.shelf)])
        self.out, self.err = self._capsys.readouterr()
        return status


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path / "shelf", capsys)


def test_a_well_known_list_needs_nothing_but_its_files(terminal: Terminal) -> None:
    assert terminal.lists("add", "ofac-sdn", *sorted(SAMPLES.glob("ofac-*.csv"))) == 0
    assert "ofac-sdn, version 1: 2 people, 6 names." in terminal.out
    assert "Not persons, and left out: entity 1." in terminal.out
    assert "Everything was understood." in terminal.out
    assert "writing the index" in terminal.err


def test_what_is_filled_but_compared_by_nobody_is_said(terminal: Terminal) -> None:
    terminal.lists("add", "un-sc", SAMPLES / "un.xml")
    assert "Filled, but nothing here compares it: SHOE_SIZE 1." in terminal.out


def test_ten_complaints_are_printed_and_all_are_in_the_report(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "".join(f"x{n},Person,Vydumka Nomer,,before 19{n}\n" for n in range(20, 40))
    path.write_text("id,schema,name,aliases,birth_date\n" + rows)
    assert terminal.lists("add", "opensanctions", path) == 0
    assert terminal.out.count("was not understood. [before") == 10
    report = terminal.shelf / "opensanctions/0001/complaints.txt"
    assert f"Not understood: 20 places. All of them are in {report}" in terminal.out
    assert len(report.read_text().splitlines()) == 20


def test_a_list_of_one_s_own_is_described_first(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.lists("add", "wanted", SAMPLES / "own.csv") == 1
    assert "--description" in terminal.err
    described = tmp_path / "wanted.toml"
    described.write_text(DESCRIBED, encoding="utf-8")
    assert terminal.lists("add", "wanted", SAMPLES / "own.csv", "--description", described) == 0
    assert terminal.lists("show", "wanted") == 0
    assert "Polarity: persecutor" in terminal.out
    assert "May speak for the applicant." in terminal.out


def test_an_update_says_what_changed(terminal: Terminal, tmp_path: Path) -> None:
    terminal.lists("add", "eu-fsf", SAMPLES / "eu.csv")
    newer = tmp_path / "eu.csv"
    newer.write_bytes((SAMPLES / "eu.csv").read_bytes().replace(b"1948-12-10", b"1949-12-10"))
    assert terminal.lists("update", "eu-fsf", newer) == 0
    assert "Since then: 0 added, 1 changed, 0 removed." in terminal.out


def test_an_update_without_files_builds_the_index_again(terminal: Terminal) -> None:
    terminal.lists("add", "eu-fsf", SAMPLES / "eu.csv")
    assert terminal.lists("update", "eu-fsf") == 0
    assert "eu-fsf, version 1: 1 people" in terminal.out


def test_a_refused_file_leaves_a_reason_and_no_list(terminal: Terminal, tmp_path: Path) -> None:
    cut = tmp_path / "un.xml"
    cut.write_bytes((SAMPLES / "un.xml").read_bytes()[:-40])
    assert terminal.lists("add", "un-sc", cut) == 1
    assert terminal.err.splitlines()[-1].startswith("watchword: un.xml is not whole XML")
    assert terminal.lists("show") == 0
    assert "No list is on the shelf" in terminal.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "ofac-sdn", "nowhere.csv"), "nowhere.csv: No such file"),
        (("add", "ofac-sdn", "x", "--format", "pdf"), "The formats are"),
        (("update", "ofac-sdn", "x"), "no list called ofac-sdn"),
        (("show", "ofac-sdn"), "no list called ofac-sdn"),
        (("remove", "ofac-sdn"), "no list called ofac-sdn"),
        (("remove", "../shelf"), "small letters"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    assert terminal.lists(*words) == 1
    assert said in terminal.err


def test_every_byte_is_checked_on_request(terminal: Terminal) -> None:
    terminal.lists("add", "eu-fsf", SAMPLES / "eu.csv")
    assert terminal.lists("show", "--verify") == 0
    people = terminal.shelf / "eu-fsf/0001/people.jsonl"
    people.write_bytes(people.read_bytes().replace(b"Foma", b"Roma"))
    assert terminal.lists("show", "--verify") == 1
    assert "damaged" in terminal.err


def test_a_list_is_taken_off_the_shelf(terminal: Terminal) -> None:
    terminal.lists("add", "eu-fsf", SAMPLES / "eu.csv")
    assert terminal.lists("remove", "eu-fsf") == 0
    assert not (terminal.shelf / "eu-fsf").exists()


def test_the_template_is_a_description_that_is_accepted(
    terminal: Terminal, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["lists", "template"]) == 0
    described = tmp_path / "mine.toml"
    described.write_text(capsys.readouterr().out, encoding="utf-8")
    head = "Номер;Фамилия;Имя;Отчество;Дата рождения;Место рождения;Статья;Тип"
    rows = f"{head}\r\n1;Выдумкин;Фома;;1.2.1948;;;лицо\r\n"
    (tmp_path / "mine.csv").write_bytes(rows.encode("cp1251"))
    assert terminal.lists("add", "mine", tmp_path / "mine.csv", "--description", described) == 0


def test_no_other_command_waits_for_the_engine() -> None:
    program = "import sys; from watchword.cli import main; main.parser(); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
