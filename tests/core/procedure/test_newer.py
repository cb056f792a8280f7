# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of a case under a newer version is said before anybody takes it there."""

import pytest

from tests.core.procedure.written import Files, legion, read, row
from watchword.core.procedure import CaseFacts, Profile
from watchword.core.procedure.newer import Preview, preview

OLD = read(legion())
FACTS = CaseFacts(
    letters=frozenset({"countersign"}),
    sections=frozenset({"contact", "consents"}),
    evidence={"check": ("ada", "hugo"), "prescreen": ("iris",)},
)


def second() -> Files:
    files = legion()
    files["profile"]["version"] = 2
    return files


def seen(files: Files, stage: str = "checks", sealed_in: frozenset[str] = frozenset()) -> Preview:
    return preview(OLD, read(files), stage, FACTS, sealed_in)


def said(sentences: tuple[object, ...]) -> list[str]:
    return [str(one) for one in sentences]


def test_of_a_version_that_says_the_same_nothing_is_lost_and_nothing_changes() -> None:
    found = seen(second())
    assert found.refused is None
    assert (found.lost, found.changed) == ((), ())
    assert "2 × “Check of records, claims or open sources”" in said(found.kept)
    assert "The answers to “What you agree to”" in said(found.kept)


@pytest.mark.parametrize("version", [0, 1])
def test_no_case_goes_back_or_stays_by_such_a_change(version: int) -> None:
    older: Profile = read(legion())
    object.__setattr__(older, "version", version)
    assert "newer version only" in str(preview(OLD, older, "checks", FACTS, ()).refused)


def test_evidence_of_a_kind_that_is_gone_is_counted_among_what_is_lost() -> None:
    files = second()
    files["profile"]["evidence_kinds"].remove(row(files["profile"]["evidence_kinds"], "prescreen"))
    assert said(seen(files).lost) == ["1 × “Hand-over from pre-screening” counts for no step."]


def test_answers_to_a_part_that_is_gone_are_lost() -> None:
    files = second()
    row(files["questionnaire"]["sections"], "consents")["id"] = "agreements"
    row(files["letters"]["letters"], "questionnaire-asked")["asks"] = [
        "agreements" if name == "consents" else name
        for name in row(files["letters"]["letters"], "questionnaire-asked")["asks"]
    ]
    ways = row(files["stages"]["stages"], "questionnaire")["exits"]
    ways[0]["needs"] = [need.replace("consents", "agreements") for need in ways[0]["needs"]]
    found = seen(files)
    assert said(found.lost) == ["The answers to “What you agree to” count for no step."]
    assert "agreements" in [section.id for section in found.asked]


def test_what_an_earlier_stage_asks_for_is_asked_now_and_what_a_later_one_asks_for_is_not() -> None:
    asked = [section.id for section in seen(second(), "questionnaire").asked]
    assert "chronology" in asked
    assert "consents" not in asked, "it is here"
    assert "identity" not in asked, "the checks ask for it"


def test_another_clock_other_eyes_and_other_needs_are_told() -> None:
    files = second()
    checks = row(files["stages"]["stages"], "checks")
    checks["clock_days"] = 40
    checks["seen_by"].append("board")
    checks["exits"][0]["needs"].append("evidence:check>=3")
    assert said(seen(files).changed) == [
        "The clock of this stage: 40 days instead of 25, counted from the same day.",
        "“Decision board” sees the case in this stage from now on.",
        "The step “Go on to interviews” needs, or leads to, something else.",
    ]


def test_a_case_in_a_stage_that_is_gone_is_left_where_it_is() -> None:
    files = second()
    for name in ("questionnaire", "held"):
        stage = row(files["stages"]["stages"], name)
        stage["id"] = f"{name}-again"
    for one in files["stages"]["stages"]:
        for way in one.get("exits", []):
            if way["to"] in ("questionnaire", "held"):
                way["to"] += "-again"
    for section in files["questionnaire"]["sections"]:
        if section.get("asked_from") == "questionnaire":
            section["asked_from"] = "questionnaire-again"
    found = seen(files, "held")
    assert str(found.refused) == (
        "Version 2 has no stage “Held for law”. Move the case on first, or leave it as it is."
    )
    assert found.stage is None


def test_law_3_outlasts_every_change_of_version() -> None:
    """With the kind its safeguards would go: whoever examined could vote."""
    files = second()
    kinds = files["profile"]["evidence_kinds"]
    kinds.remove(row(kinds, "interview"))
    row(kinds, "polygraph")["excludes"] = []
    row(kinds, "second-reading")["excludes"] = ["check", "reference"]
    interviews = row(files["stages"]["stages"], "interviews")
    interviews["exits"][0]["needs"] = ["no-open-question"]
    examined = CaseFacts(evidence={"interview": ("ada",)})
    found = preview(OLD, read(files), "medical", examined, ())
    assert "no longer keep whoever recorded" in str(found.refused)
    assert preview(OLD, read(files), "medical", CaseFacts(), ()).refused is None


def test_a_question_before_the_board_keeps_its_terms() -> None:
    files = second()
    outcomes = files["decision"]["decision"]["outcomes"]
    outcomes.remove(row(outcomes, "refer"))
    assert "it may have been proposed" in str(preview(OLD, read(files), "board", FACTS, ()).refused)


def test_nothing_is_taken_over_to_where_nobody_could_read_what_is_sealed() -> None:
    found = seen(second(), sealed_in=frozenset({"story", "diary"}))
    assert str(found.refused) == "Version 2 has no compartment “diary”, and something is sealed there."
