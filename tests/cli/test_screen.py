# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword screen`: tables that are wrong, pairs, and people against lists."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.terminal import Said
from tests.screening.shelves import put
from watchword.cli import main
from watchword.core.screening.dates import PartialDate
from watchword.core.screening.record import Person, PersonName

VASIL = Person("v-1", (PersonName("Vasil Hrushkouski"),), births=(PartialDate(1981, 4, 9),))
PAIRS = """id,name1,name2,birth_date1,birth_date2
one,Василий Грушковский,Vasil Hrushkouski,1981-04-09,1981-04-09
two,Василий Грушковский,Bohdan Lesnychyi,1981-04-09,1975-01-01
three,,Vasil Hrushkouski,,
four,Vasil Hrushkouski,Vasil Hrushkouski,the ninth,1981
"""


class Terminal:
    """The command, run to its end within this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Said:
        status = main.main(["screen", *map(str, words)])
        return Said(status, *self._capsys.readouterr())


@pytest.fixture
def screen(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def table(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(said: Said) -> list[dict[str, str]]:
    return list(csv.DictReader(said.out.splitlines()))


def test_what_is_asked_for_must_be_said(screen: Terminal) -> None:
    assert screen("people.csv").status == 2
    assert screen("pairs", "one.csv", "two.csv").status == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"name1,name2\n\xff\xfe,\n", "is not a table in UTF-8"),
        (b"\xff\xfen\x00", "is not a table in UTF-8"),
        (b"name1,other\na,b\n", "has no column name2"),
        (b"", "has no column name1, name2"),
    ],
)
def test_a_table_of_pairs_that_cannot_be_read_is_refused(
    screen: Terminal, tmp_path: Path, text: bytes, reason: str
) -> None:
    target = tmp_path / "out.csv"
    said = screen("pairs", table(tmp_path / "pairs.csv", text), "-o", target)
    assert said.status == 1
    assert reason in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.csv"], "no half output stays"


def test_pairs_come_out_in_file_order_with_probability_and_reason(screen: Terminal, tmp_path: Path) -> None:
    said = screen("pairs", table(tmp_path / "pairs.csv", PAIRS))
    assert said.status == 0
    one, two, three, four = rows(said)
    assert [row["id"] for row in (one, two, three, four)] == ["one", "two", "three", "four"]
    assert float(one["probability"]) > 0.99 > 0.05 > float(two["probability"])
    assert "Грушковский" in one["reason"]
    assert three["probability"] == ""
    assert three["reason"] == "A name is missing, so nothing was compared."
    assert "“the ninth” was not understood" in four["reason"]


@pytest.mark.parametrize("mark", [";", "\t", " , "])
def test_a_table_of_another_country_is_read(screen: Terminal, tmp_path: Path, mark: str) -> None:
    written = mark.join(("name1", "name2")) + "\n" + mark.join(("Грушковский Василий", "Vasil Hrushkouski"))
    (row,) = rows(screen("pairs", table(tmp_path / "pairs.csv", written)))
    assert float(row["probability"]) > 0.9


def test_reasons_are_said_in_the_readers_language(screen: Terminal, tmp_path: Path) -> None:
    pairs = table(tmp_path / "pairs.csv", PAIRS)
    spoken = {code: rows(screen("pairs", pairs, "--language", code)) for code in ("en", "uk", "ru")}
    assert len({said[2]["reason"] for said in spoken.values()}) == 3


def test_a_person_is_found_on_a_shelf_and_everybody_comes_out(screen: Terminal, tmp_path: Path) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    people = table(
        tmp_path / "people.csv", "id,name,dob\n7,Василий Грушковский,9.4.1981\n8,Ада Вымышленная,\n"
    )
    said = screen(people, "--against", tmp_path / "lists")
    found, other = rows(said)
    assert (said.status, found["key"], found["listed_key"]) == (3, "7", "v-1")
    assert (other["key"], other["listed_key"]) == ("8", "")


def test_nobody_found_is_another_status(screen: Terminal, tmp_path: Path) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    people = table(tmp_path / "people.csv", "name\nАда Вымышленная\n")
    assert screen(people, "--against", tmp_path / "lists").status == 0


def test_json_holds_every_finding_and_their_sum(screen: Terminal, tmp_path: Path) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    people = table(tmp_path / "people.csv", "surname,given,dob\nГрушковский,Василий,1981\n")
    said = screen(people, "--against", tmp_path / "lists", "--format", "json")
    (hit,) = json.loads(said.out)["hits"]
    assert sum(one["bits"] for one in hit["findings"]) == pytest.approx(hit["bits"], abs=0.01)


def test_files_of_lists_are_taken_as_published_and_nothing_of_them_stays(
    screen: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    people = table(tmp_path / "people.csv", "name,birth_date\nВасилий Грушковский,1981-04-09\n")
    said = screen(people, "--against", tmp_path / "lists" / "invented.jsonl")
    assert said.status == 3
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [("shoe\n42\n", "No column holds a name"), ("name\n\x00\n", "zero"), ("", "No column holds a name")],
)
def test_a_table_of_people_that_cannot_be_read_is_refused(
    screen: Terminal, tmp_path: Path, text: str, reason: str
) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    said = screen(table(tmp_path / "people.csv", text), "--against", tmp_path / "lists")
    assert said.status == 1
    assert reason in said.err


def test_an_empty_shelf_is_said(screen: Terminal, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    said = screen(table(tmp_path / "people.csv", "name\nАда\n"), "--against", tmp_path / "lists")
    assert said.status == 1
    assert "There is no list in" in said.err


def test_where_a_row_is_not_understood_is_said_and_not_what_stands_there(
    screen: Terminal, tmp_path: Path
) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    people = table(tmp_path / "people.csv", "name,dob,shoe\nАда Вымышленная,soon,42\n")
    said = screen(people, "--against", tmp_path / "lists")
    assert "columns not used: shoe" in said.err
    assert "people.csv, line 2: This date of birth was not understood." in said.err
    assert "soon" not in said.err


def test_no_name_becomes_a_formula_where_the_table_is_opened(screen: Terminal, tmp_path: Path) -> None:
    put(
        tmp_path / "lists",
        "invented",
        replace(VASIL, names=(PersonName("=cmd|' /C calc'!A0 Hrushkouski Vasil"),)),
    )
    people = table(
        tmp_path / "people.csv", 'id,name,birth_date\n-7,"@SUM(A1) Hrushkouski Vasil",1981-04-09\n'
    )
    (row,) = rows(screen(people, "--against", tmp_path / "lists", "--at-least", "0.001"))
    assert (row["key"], row["name"][:6], row["listed_names"][:6]) == ("-7", "'@SUM(", "'=cmd|")


def test_nobody_else_reads_the_table_that_is_written(screen: Terminal, tmp_path: Path) -> None:
    put(tmp_path / "lists", "invented", VASIL)
    people = table(tmp_path / "people.csv", "name\nАда Вымышленная\n")
    screen(people, "--against", tmp_path / "lists", "-o", tmp_path / "found.csv")
    assert (tmp_path / "found.csv").stat().st_mode & 0o077 == 0
