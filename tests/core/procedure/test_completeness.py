# SPDX-License-Identifier: AGPL-3.0-or-later
"""A profile whose stages do not hold together, or that writes away a law of the house, is refused."""

import pytest

from tests.core.procedure.written import Files, faults, legion, row, text


def stage(files: Files, name: str) -> dict[str, object]:
    found: dict[str, object] = row(files["stages"]["stages"], name)
    return found


def test_a_stage_that_no_way_leads_to_is_refused() -> None:
    files = legion()
    stage(files, "prescreen")["exits"] = [
        way for way in files["stages"]["stages"][0]["exits"] if way["id"] != "hold"
    ]
    assert faults(files) == ["legion/stages.toml, stages[held]: no way leads to this stage"]


def test_a_stage_without_a_way_on_is_refused_although_the_applicant_could_withdraw() -> None:
    files = legion()
    stage(files, "polygraph")["exits"] = []
    stage(files, "medical")["exits"] = [
        *files["stages"]["stages"][5]["exits"],
        {"id": "skip", "to": "reading", "title": text("Skip"), "by": ["vetting"]},
    ]
    assert "legion/stages.toml, stages[polygraph].exits: the staff have no way out of this stage" in faults(
        files
    )


def test_a_circle_without_an_end_is_refused() -> None:
    files = legion()
    for one in files["stages"]["stages"]:
        one.pop("purge_days", None)
        one["exits"] = [{"id": "on", "to": "prescreen", "title": text("On"), "by": ["intake"]}]
        one["final"] = False
    assert "legion/stages.toml, stages: no stage is final" in faults(files)
    assert "legion/stages.toml, stages[board]: no way leads from this stage to an end" in faults(files)


def test_two_exits_of_one_name_are_refused() -> None:
    files = legion()
    stage(files, "board")["exits"] = [
        {"id": "accept", "to": "checks", "title": text("Accept"), "by": ["board"]},
    ]
    assert faults(files) == ["legion/stages.toml, stages[board].exits: “accept” stands here twice"]


def test_a_profile_cannot_take_withdrawal_away_by_writing_its_own() -> None:
    files = legion()
    stage(files, "held")["exits"] = [
        *files["stages"]["stages"][1]["exits"],
        {"id": "withdraw", "to": "held", "title": text("Withdraw"), "by": ["intake"]},
    ]
    assert faults(files) == ["legion/stages.toml, stages[held].exits: “withdraw” stands here twice"]


def test_messages_to_people_who_may_not_know_of_the_case_are_refused() -> None:
    files = legion()
    stage(files, "checks")["replies_to"] = "routing"
    assert faults(files) == [
        (
            "legion/stages.toml, stages[checks].replies_to: "
            "nobody who sees a case in this stage could read what the applicant writes"
        )
    ]


@pytest.mark.parametrize("source", ["citizenship", "polygraph", "relatives"])
def test_no_profile_can_let_these_carry_a_refusal(source: str) -> None:
    files = legion()
    del row(files["decision"]["ground_sources"], source)["never_alone"]
    assert [fault.split(":")[0] for fault in faults(files)] == [
        f"legion/decision.toml, ground_sources[{source}].never_alone"
    ]


def test_no_profile_can_hold_relatives_within_reach_against_a_person() -> None:
    files = legion()
    del row(files["decision"]["guidelines"], "B")["never_alone"]
    assert [fault.split(":")[0] for fault in faults(files)] == ["legion/decision.toml, guidelines"]


@pytest.mark.parametrize("key", ["caveat", "keeps_from"])
def test_no_profile_can_have_a_polygraph_without_its_safeguards(key: str) -> None:
    files = legion()
    del row(files["profile"]["evidence_kinds"], "polygraph")[key]
    assert [fault.split(":")[0] for fault in faults(files)] == [
        "legion/profile.toml, evidence_kinds[polygraph]"
    ]


@pytest.mark.parametrize("needs", [[], ["days:30"], ["reply-or-days:29"]])
def test_no_profile_can_refuse_before_the_applicant_had_time_to_reply(needs: list[str]) -> None:
    files = legion()
    row(files["decision"]["decision"]["outcomes"], "confirm-refusal")["needs"] = needs
    assert faults(files) == [
        (
            "legion/decision.toml, decision.outcomes[confirm-refusal].needs: "
            "needs reply-or-days:30, the days promised for a reply"
        )
    ]


def test_no_profile_can_let_the_interviewer_examine() -> None:
    files = legion()
    row(files["profile"]["evidence_kinds"], "interview")["excludes"] = ["second-reading"]
    assert faults(files) == [], "one of the two kinds may say it for both"
    row(files["profile"]["evidence_kinds"], "polygraph")["excludes"] = []
    assert [fault.split(":")[0] for fault in faults(files)] == [
        "legion/profile.toml, evidence_kinds[polygraph].excludes"
    ]


def test_a_profile_without_a_polygraph_needs_no_safeguards_for_it() -> None:
    files = legion()
    kinds = files["profile"]["evidence_kinds"]
    kinds.remove(row(kinds, "polygraph"))
    row(kinds, "interview")["excludes"] = []
    row(files["stages"]["stages"], "polygraph")["exits"][0]["needs"] = []
    assert faults(files) == []
