# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword metrics` tells how the machinery does, and lets nobody count what people do."""

import re
from pathlib import Path

import pytest

from tests.cli.founded import Founded
from tests.cli.terminal import here, watchword

FIGURE = re.compile(r"^(watchword_\w+) (\d+)$", re.MULTILINE)


def figures(home: Path, program: str) -> dict[str, int]:
    said = watchword("metrics", program, "--dir", home / program)
    assert said.status == 0, said.err
    return {name: int(value) for name, value in FIGURE.findall(said.out)}


def test_a_new_desk_works_and_none_of_its_few_acts_can_be_counted(founded: Founded) -> None:
    told = figures(founded.home, "desk")
    assert told["watchword_database_answers"] == told["watchword_ledger_whole"] == 1
    entries = int((founded.home / "desk" / "ledger" / "checkpoint").read_text().splitlines()[1])
    assert told["watchword_ledger_entries"] == entries // 100 * 100 != entries
    assert {name for name, value in told.items() if 0 < value < 5} == {
        "watchword_database_answers",
        "watchword_ledger_whole",
    }


def test_an_old_ledger_put_back_and_a_list_of_keys_that_nobody_signed_show(
    founded: Founded, tmp_path: Path
) -> None:
    copied = founded.copied_to(tmp_path / "organisation").home
    (copied / "desk" / "ledger" / "checkpoint").unlink()
    (copied / "desk" / "manifest.note").write_text("nothing\n")
    told = figures(copied, "desk")
    assert (told["watchword_ledger_whole"], told["watchword_manifest_end_seconds"]) == (0, 0)


def test_the_gate_has_neither_ledger_nor_courier_to_tell_of(founded: Founded) -> None:
    assert not [name for name in figures(founded.home, "gate") if "ledger" in name or "courier" in name]


@pytest.mark.parametrize("program", ["gate", "desk"])
def test_where_nothing_was_founded_nothing_is_told(tmp_path: Path, program: str) -> None:
    said = here("metrics", program, "--dir", tmp_path)
    assert (said.status, said.out) == (1, "")
