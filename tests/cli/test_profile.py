# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword profile check` names file, line and remedy; a third organisation is a folder that was edited."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from watchword.cli.founding_answers import CannotFound, read_answers
from watchword.cli.founding_example import example
from watchword.cli.founding_profile import choose
from watchword.cli.main import main
from watchword.cli.profile_check import check
from watchword.core.procedure import Profile
from watchword.profiles import load

OBSERVERS = Path(str(files("watchword.profiles") / "observers"))


@pytest.fixture
def shelter(tmp_path: Path) -> Path:
    """A third organisation: the folder of another one under a name of its own."""
    return Path(shutil.copytree(OBSERVERS, tmp_path / "shelter"))


def edit(folder: Path, part: str, old: str, new: str, times: int = 1) -> int:
    """Change one file as an editor would; the line on which the change begins."""
    file = folder / f"{part}.toml"
    text = file.read_text("utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, times), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_both_profiles_that_come_along_can_be_followed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "check"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(",")[0] for line in said.err.splitlines()] == ["legion", "observers"]


def test_a_fault_is_printed_and_the_exit_code_says_so(
    shelter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = edit(shelter, "stages", 'to = "interview"', 'to = "interviews"')
    assert main(["profile", "check", str(shelter)]) == 1
    (told,) = capsys.readouterr().out.splitlines()
    assert told.startswith(f"{shelter}/stages.toml:{line}: stages[checks].exits[interview].to: there is no")


ROLE = """[[roles]]
id = "training"
title.en = "Training"
title.uk = "Навчання"
title.ru = "Обучение"
"""

# What is broken; where it stands (a mark in the file, and lines after it); what the editor is told.
BROKEN = {
    "an exit to nowhere": (
        ("stages", 'to = "interview"', 'to = "interviews"'),
        "exits[interview].to: there is no “interviews” in this profile, but there is: interview",
    ),
    "a role that this organisation does not have": (
        ("stages", 'by = ["training"]', 'by = ["trainer"]'),
        "exits[accredit].by: there is no “trainer” in this profile, but there is: training",
    ),
    "a role that no program knows": (
        ("profile", ROLE, ROLE.replace("training", "watcher") + "\n" + ROLE),
        "no program knows the role “watcher”; give one of these your own title: administrator, auditor",
    ),
    "no clock": (("stages", "clock_days = 15\n", ""), "stages[checks]: a clock is missing"),
    "a step that belongs to a role which cannot take steps": (
        ("stages", 'by = ["training"]', 'by = ["auditor"]'),
        "exits[accredit].by: none of these roles may do this; at the Desk it is for: board, examiner",
    ),
    "a step of somebody who never sees the case there": (
        ("stages", 'by = ["training"]', 'by = ["intake"]'),
        "exits[accredit].by: none of these roles sees a case in this stage: add one of them to seen_by",
    ),
    "evidence that nobody can have recorded by then": (
        ("stages", '"evidence:interview>=1"', '"evidence:training-day>=1"'),
        # From the training a case can come back here; but it never gets into the training without this exit.
        "exits[board].needs: nobody who has seen the case by then may record “training-day”",
    ),
    "a letter that nobody there may send": (
        ("letters", 'written_by = ["intake"]', 'written_by = ["board"]'),
        "letters[countersign].written_by: none of these roles may do this",
    ),
    "a letter that is never sent": (
        ("letters", 'written_by = ["vetting"]', "written_by = []"),
        "letters[question]: nobody sends this letter: name who writes it in written_by, or delete it",
    ),
    "a language left out": (
        ("letters", 'title.uk = "У нас є запитання"\n', ""),
        "letters[question].title.uk: this is missing",
    ),
    "English in another language's place": (
        ("letters", 'title.uk = "У нас є запитання"\n', 'title.uk = "We have a question"\n'),
        "letters[question].title.uk: this is the English text",
    ),
    "a decision whose refusal goes by another name": (
        ("decision", 'id = "refer"', 'id = "turn-away"'),
        None,
    ),
    "a favourable decision that the Desk would take for a refusal": (
        ("decision", 'id = "accept-after-reply"', 'id = "welcome"'),
        "outcomes[welcome].id: mark it adverse, or take one of these names: accept, accept-after-reply",
    ),
    "a letter of a decision with a gap that nothing fills": (
        ("letters", "{conditions}", "{promises}", 3),
        "outcomes[accept-with-conditions].letter: nothing fills the gap “promises” of its letter",
    ),
    "a door into the training beside the decision": (
        ("stages", 'to = "board"', 'to = "training"'),
        "exits[board].to: only a decision leads to “training”: delete this exit",
    ),
    "a part that no stage asks for": (
        ("questionnaire", 'asked_from = "training"', 'asked_from = "welcome"'),
        "sections[conduct].asked_from: there is no “welcome” in this profile",
    ),
    "a compartment that nobody made": (
        ("questionnaire", 'compartment = "referees"', 'compartment = "references"'),
        "sections[referees].compartment: there is no “references” in this profile, but there is: referees",
    ),
    "a compartment that the Desk needs": (
        ("profile", 'id = "evidence"', 'id = "papers"'),
        "compartments: the compartment “evidence” is needed",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_told_with_its_file_its_line_and_what_to_do(
    shelter: Path, change: tuple[str, str, str] | tuple[str, str, str, int], sentence: str | None
) -> None:
    where = edit(shelter, *change)
    found, _ = check(str(shelter))
    if sentence is None:
        assert found == []
        return
    told = [line for line in found if sentence in line]
    assert told, found
    file, line, _ = told[0].split(":", 2)
    assert Path(file).parent == shelter
    if Path(file).name == f"{change[0]}.toml" and "is needed" not in sentence:
        assert 0 <= where - int(line) + 1 <= 6, "at the key, or at the head of the table that lacks it"


def test_an_older_version_is_checked_too_and_stands_in_a_folder_of_its_number(shelter: Path) -> None:
    shutil.copytree(OBSERVERS, shelter / "v3")
    (told,) = check(str(shelter))[0]
    assert told.startswith(f"{shelter}/v3/profile.toml:6: version: this folder is for another version")


def test_what_cases_of_an_older_version_are_asked_for_must_stay_at_the_gate(shelter: Path) -> None:
    shutil.copytree(OBSERVERS, shelter / "v1")
    edit(shelter, "profile", "version = 1\n", "version = 2\n")
    assert check(str(shelter))[0] == []
    edit(shelter, "questionnaire", 'id = "conduct"', 'id = "rules"')
    edit(shelter, "letters", 'asks = ["conduct"]', 'asks = ["rules"]')
    edit(shelter, "stages", "lodged:conduct", "lodged:rules")
    (told,) = check(str(shelter))[0]
    assert "cases of version 1 are asked for “conduct”, which the Gate would no longer show" in told


def test_a_quorum_above_the_board_is_told_before_anybody_is_hired(shelter: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text(example(load("observers")), "utf-8")
    assert check(str(shelter), answers)[0] == []
    edit(shelter, "decision", "quorum = 2", "quorum = 4")
    assert check(str(shelter), answers)[0] == [f"{answers}: the procedure needs more people: 5 board, not 3"]


def test_a_third_organisation_is_a_folder_that_was_edited(shelter: Path, tmp_path: Path) -> None:
    """A shelter: its own words, no training, one reference; laid where both programs look for it."""
    edit(shelter, "profile", 'en = "Observer mission"', 'en = "House of the northern harbour"')
    edit(shelter, "stages", "evidence:reference>=2", "evidence:reference>=1")
    edit(shelter, "stages", "evidence:training-day>=5", "evidence:training-day>=1")
    edit(shelter, "stages", 'title.en = "Accredited"', 'title.en = "Taken in"')
    chosen = choose(str(shelter))
    organisation = read_answers(example(load("observers")).encode(), chosen.profile)
    assert organisation.profile == "shelter"
    homes = [tmp_path / "gate", tmp_path / "desk"]
    chosen.lay_into(homes)
    for home in homes:
        assert _loaded_by_a_program_in(home).stage("accredited").title.en == "Taken in"


def _loaded_by_a_program_in(home: Path) -> Profile:
    from django.test import override_settings

    with override_settings(WATCHWORD_DIR=home):
        return load("shelter")


def test_an_organisation_is_not_founded_with_a_procedure_that_is_broken(shelter: Path) -> None:
    edit(shelter, "stages", 'to = "interview"', 'to = "moon"')
    with pytest.raises(CannotFound, match=r"stages\.toml:[0-9]+: .*there is no “moon”"):
        choose(str(shelter))
    with pytest.raises(CannotFound, match="cannot be the name of a profile"):
        choose(str(shutil.copytree(OBSERVERS, shelter.parent / "Shelter of Hope")))
