# SPDX-License-Identifier: AGPL-3.0-or-later
"""An editor learns the file and the line of each fault, and sees every page before anybody is asked it."""

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from watchword.cli.main import main
from watchword.cli.toml_lines import line_of

LEGION = Path(__file__).resolve().parents[2] / "watchword" / "profiles" / "legion"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A profile of one's own to break."""
    return Path(shutil.copytree(LEGION, tmp_path / "harbour"))


def change(folder: Path, old: str, new: str, file: str = "questionnaire.toml") -> int:
    """Put ``new`` in place of the first ``old``, and return the line where that stood."""
    path = folder / file
    before, _, after = path.read_text(encoding="utf-8").partition(old)
    path.write_text(f"{before}{new}{after}", encoding="utf-8")
    return before.count("\n") + 1


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    code = main(["forms", "check", *words])
    return code, capsys.readouterr().out.splitlines()


def test_the_profile_that_comes_with_the_programme_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "legion") == (0, [])
    assert told(capsys, str(LEGION / "questionnaire.toml")) == (0, [])


CHOSEN = '{ question = "approached", answers = ["%s"] }'
FAULTS = {
    "a missing language": ('label.uk = "Вам уже є 18 років?"\n', "", "label.uk: this is missing"),
    "a compartment that is none": ('compartment = "story"', 'compartment = "stories"', "no “stories”"),
    "a length beyond all measure": ("max_length = 120", "max_length = 99999", "at most 20000"),
    "a compartment of a question that is none": (
        'compartment = "story"\nlabel',
        'compartment = "stories"\nlabel',
        "sections[health].questions[examined].compartment: there is no “stories”",
    ),
    "a name asked too early": (
        'compartment = "contact"',
        'compartment = "identity"',
        "asked_from is missing",
    ),
    "a person asked for at first": ('type = "choice"', 'type = "person"', "documents and people"),
    "a question that nobody reaches": (
        'show_if = { question = "approached", answers = ["questioned", "asked", "agreed", "sent"] }',
        f"show_if = {{ all = [{CHOSEN % 'never'}, {CHOSEN % 'sent'}] }}",
        "no answers lead to this question",
    ),
    "a text that was not translated": ('title.ru = "Да"', 'title.ru = "Yes"', "this is the English text"),
    "a text that nobody reads to its end": ('title.en = "Yes"', f'title.en = "{"Yes. " * 40}"', "are read"),
    "no table at all": ("[contact]", "[contact", "this file is not TOML"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_told_with_its_line(folder: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, what = FAULTS[kind]
    line = change(folder, old, new)
    code, found = told(capsys, str(folder))
    told_of = [one for one in found if what in one]
    assert code == 1, found
    assert told_of, found
    where = int(told_of[0].removeprefix(str(folder)).split(":")[1])
    # What is missing is told at the table that lacks it, which begins a few lines above.
    assert line - 12 <= where <= line + 12
    if new:
        assert where <= line


def test_a_letter_that_does_not_ask_is_told_where_the_section_wants_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, '"chronology", "consents"]', '"chronology"]', "letters.toml")
    code, found = told(capsys, str(folder))
    assert code == 1
    assert any("sections[consents].asked_from: one letter must ask" in line for line in found)


def test_an_exit_that_waits_for_what_is_asked_only_later_is_told_where_it_stands(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = change(folder, 'needs = [\n    "sections-received"', 'needs = ["lodged:identity"', "stages.toml")
    code, (found,) = told(capsys, str(folder))
    assert code == 1
    where = "stages[questionnaire].exits[complete].needs: “identity” is asked only later"
    assert found == f"{folder}/stages.toml:{line}: {where}"


def test_one_file_alone_is_checked_as_far_as_it_can_be(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = tmp_path / "alone.toml"
    shutil.copyfile(folder / "questionnaire.toml", alone)
    assert told(capsys, str(alone)) == (0, [])
    alone.write_text("format = 7\n", encoding="utf-8")
    code, found = told(capsys, str(alone))
    assert code == 1
    assert found[0].startswith(f"{alone}:1: format: this programme reads format 1")
    assert told(capsys, "../etc")[0] == 1


def test_lines_are_found_behind_long_texts_and_lists_of_several_lines() -> None:
    text = (
        'a = """\n[b]\nx = 1\n"""\nl = [\n  "]",\n]\n[[s]]\nid = "one"\n[[s.q]]\nid = "two"\nlabel.en = "x"\n'
    )
    assert line_of(text, "s[one].q[two].label.en") == 12
    assert line_of(text, "s[one].q[two].label.uk") == 12
    assert line_of(text, "s[one].q[three]") == 10
    assert line_of(text, "b.x") == 1


class Ids(HTMLParser):
    """The ids and the labels of a page, outside the patterns that only scripts use."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.scripts = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.scripts += tag == "script"
        if "id" in given:
            self.ids.append(str(given["id"]))
        if tag == "label":
            self.labels.append(str(given.get("for")))


def test_every_page_is_drawn_in_every_language_and_each_control_has_its_label(tmp_path: Path) -> None:
    order = [sys.executable, "-m", "watchword.cli.main", "forms", "preview", "legion", "--to", str(tmp_path)]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    pages = sorted(tmp_path.glob("*.html"))
    assert {one.stem.rpartition("-")[2] for one in pages} == {"index", "en", "uk", "ru"}
    assert (tmp_path / "chronology-gap-ru.html").exists()
    for page in pages:
        drawn = Ids(page.read_text(encoding="utf-8"))
        assert len(drawn.ids) == len(set(drawn.ids)), page
        assert set(drawn.labels) <= set(drawn.ids), page
        assert not drawn.scripts
