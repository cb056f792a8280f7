# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reference of the stages shows every stage and every step, in a drawing that a strict page shows too."""

import re
from xml.etree import ElementTree

import pytest

from tests.core.procedure.written import legion, read
from watchword.core.procedure import Profile, states_markdown
from watchword.core.procedure.drawing import states_svg
from watchword.profiles import load

PAGE = states_markdown(read(legion()))
SVG = "{http://www.w3.org/2000/svg}"
PROFILES = [load("legion"), load("observers")]


def drawn(profile: Profile, here: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(states_svg(profile, "uk", days=lambda n: f"{n} дн.", here=here))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_every_stage_that_goes_on_is_a_box_and_every_end_is_named_beside(profile: Profile) -> None:
    words = [text.text for text in drawn(profile).iter(f"{SVG}text")]
    going = [stage for stage in profile.stages if not stage.final]
    assert len(list(drawn(profile).iter(f"{SVG}rect"))) == len(going)
    for stage in going:
        assert stage.title.uk in words
        assert f"{stage.clock_days} дн." in words
        for way in stage.exits:
            if way.action != "withdraw":
                assert profile.stage(way.to).title.uk in words


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_every_step_between_two_stages_has_one_arrow(profile: Profile) -> None:
    going = {stage.id for stage in profile.stages if not stage.final}
    drawn_from = [stage for stage in profile.stages if stage.id in going]
    steps = {(stage.id, way.to) for stage in drawn_from for way in stage.exits if way.to in going}
    ending = [
        stage
        for stage in drawn_from
        if any(way.to not in going and way.action != "withdraw" for way in stage.exits)
    ]
    assert len(list(drawn(profile).iter(f"{SVG}polygon"))) == len(steps) + len(ending)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_no_lane_is_shared_by_two_steps_that_pass_each_other(profile: Profile) -> None:
    paths = [path.get("d", "") for path in drawn(profile).iter(f"{SVG}path")]
    arcs = [found for path in paths if (found := re.fullmatch(r"M\d+ (\d+)H(\d+)V(\d+)H\d+", path))]
    spans = [(int(arc[2]), *sorted((int(arc[1]), int(arc[3])))) for arc in arcs]
    for lane, top, bottom in spans:
        others = [span for span in spans if span != (lane, top, bottom)]
        assert not any(lane == x and top <= low and high <= bottom for x, high, low in others)


def test_a_drawing_has_no_style_no_script_and_no_name_that_two_of_them_would_share() -> None:
    for element in drawn(PROFILES[0], here="board").iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "rect", "path", "polygon", "text"}
        assert not {"style", "class", "id", "onload", "href"} & set(element.keys())


def test_the_stage_in_which_a_case_is_stands_out() -> None:
    marked = [
        box for box in drawn(PROFILES[0], here="board").iter(f"{SVG}rect") if box.get("stroke-width") == "3"
    ]
    assert len(marked) == 1
    assert "3" not in {box.get("stroke-width") for box in drawn(PROFILES[0]).iter(f"{SVG}rect")}


def test_a_title_that_looks_like_markup_is_words() -> None:
    files = legion()
    files["stages"]["stages"][0]["title"]["uk"] = "<b>&"
    assert "<b>&" in [text.text for text in drawn(read(files)).iter(f"{SVG}text")]


def test_every_stage_has_its_chapter_and_every_step_its_row() -> None:
    for stage in read(legion()).stages:
        chapter = PAGE.split(f"(`{stage.id}`)\n")[1].split("\n## ")[0]
        rows = [line for line in chapter.splitlines() if line.startswith("| ") and "Leads to" not in line]
        assert len(rows) == len([way for way in stage.exits if way.action != "withdraw"])


def test_the_page_is_the_same_each_time() -> None:
    assert states_markdown(read(legion())) == PAGE
