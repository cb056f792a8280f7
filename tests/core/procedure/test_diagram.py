# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reference of the stages shows every stage and every step, in a diagram that can be drawn."""

import re

from tests.core.procedure.written import legion, read
from watchword.core.procedure import states_markdown

PROFILE = read(legion())
PAGE = states_markdown(PROFILE)
DIAGRAM = PAGE.split("```mermaid\n")[1].split("```")[0]


def test_every_step_but_withdrawal_is_drawn_once() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+): (.+)$", DIAGRAM, re.MULTILINE)
    written = [
        (stage.id.replace("-", "_"), way.to.replace("-", "_"), str(way.title))
        for stage in PROFILE.stages
        for way in stage.exits
        if way.action != "withdraw"
    ]
    assert sorted(drawn) == sorted(written)


def test_no_name_in_the_diagram_holds_a_hyphen_which_would_be_an_arrow() -> None:
    for line in DIAGRAM.splitlines()[1:]:
        names = line.partition(":")[0] if "-->" in line else line.rpartition(" as ")[2]
        assert "-" not in names.replace("-->", "")


def test_every_stage_has_its_chapter_and_every_step_its_row() -> None:
    for stage in PROFILE.stages:
        chapter = PAGE.split(f"(`{stage.id}`)\n")[1].split("\n## ")[0]
        rows = [line for line in chapter.splitlines() if line.startswith("| ") and "Leads to" not in line]
        assert len(rows) == max(len(stage.exits) - 1, 0)


def test_the_page_is_the_same_each_time() -> None:
    assert states_markdown(read(legion())) == PAGE
