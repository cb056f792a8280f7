# SPDX-License-Identifier: AGPL-3.0-or-later
"""Each need of an exit, met and not met, and the words in which a profile may write them."""

from dataclasses import replace

import pytest

from tests.core.procedure.written import faults, legion, read, row
from watchword.core.procedure import CaseFacts, unmet

MET_AND_NOT: dict[str, tuple[CaseFacts, CaseFacts, str]] = {
    "opened:routing": (
        CaseFacts(opened=frozenset({"routing"})),
        CaseFacts(opened=frozenset({"story"})),
        "Nobody has opened “First answers” yet.",
    ),
    "letter:countersign": (
        CaseFacts(letters=frozenset({"countersign"})),
        CaseFacts(letters=frozenset({"closed"})),
        "The letter “We have read your first answers” has not been sent yet.",
    ),
    "lodged:identity": (
        CaseFacts(sections=frozenset({"identity"})),
        CaseFacts(sections=frozenset({"motivation"}), letters=frozenset({"identity-asked"})),
        "The applicant was asked for “Who you are” and has not sent it yet.",
    ),
    "no-open-question": (
        CaseFacts(),
        CaseFacts(open_questions=2),
        "The applicant has not answered 2 questions yet.",
    ),
    "evidence:check>=2": (
        CaseFacts(evidence={"check": ("ada", "ada")}),
        CaseFacts(evidence={"check": ("ada",), "reference": ("ada", "ben")}),
        "Still to be recorded: “Check of records, claims or open sources” (1 of 2).",
    ),
    "evidence:interview>=2 different": (
        CaseFacts(evidence={"interview": ("ada", "ben")}),
        CaseFacts(evidence={"interview": ("ada", "ada", "ada")}),
        "Still to be recorded: “Interview” by different people (1 of 2).",
    ),
    "evidence:medical>=1 or medical-waiver>=1": (
        CaseFacts(evidence={"medical-waiver": ("ada",)}),
        CaseFacts(evidence={"polygraph-waiver": ("ada",)}),
        (
            "Still to be recorded: “Medical opinion” (0 of 1) or "
            "“Medical opinion waived, with the reason” (0 of 1)."
        ),
    ),
    "reply-or-days:30": (
        CaseFacts(days_in_stage=30),
        CaseFacts(days_in_stage=29),
        "The applicant has not replied and may still do so for 1 day.",
    ),
    "days:180": (
        CaseFacts(days_in_stage=180),
        CaseFacts(days_in_stage=100, days_silent=400),
        "The time of this stage runs for 80 days more.",
    ),
    "silent:60": (
        CaseFacts(days_silent=60),
        CaseFacts(days_silent=20, days_in_stage=400),
        "It is too early to take silence for an answer: wait 40 days more.",
    ),
}

NO_NEEDS = [
    "opened",
    "opened:",
    "opened:relatives",
    "letter:poem",
    "evidence:interview",
    "evidence:interview>=0",
    "evidence:interview>=-1",
    "evidence:interview>2",
    "evidence:interview>=2 different people",
    "evidence:rumour>=1",
    "evidence:interview>=1 or",
    "evidence:interview>=1 or rumour>=1",
    "days:0",
    "days:soon",
    "days:1e9",
    "silent:-3",
    "no-open-question:yes",
    "sections-received:all",
    "proposal:accept",
    "__class__:days",
    "",
]


def missing(need: str, facts: CaseFacts) -> list[str]:
    files = legion()
    row(files["stages"]["stages"], "medical")["exits"][0]["needs"] = [need]
    way = read(files).stage("medical").exit("polygraph")
    return [str(reason) for reason in unmet(way, facts)]


@pytest.mark.parametrize("need", MET_AND_NOT)
def test_a_need_that_is_not_met_says_what_is_missing(need: str) -> None:
    _, without, words = MET_AND_NOT[need]
    assert missing(need, without) == [words]


@pytest.mark.parametrize("need", MET_AND_NOT)
def test_a_need_that_is_met_says_nothing(need: str) -> None:
    assert missing(need, MET_AND_NOT[need][0]) == []


@pytest.mark.parametrize("need", NO_NEEDS)
def test_words_outside_the_vocabulary_are_refused(need: str) -> None:
    files = legion()
    row(files["stages"]["stages"], "medical")["exits"][0]["needs"] = [need]
    place = "legion/stages.toml, stages[medical].exits[polygraph].needs"
    assert faults(files) == [f"{place}: “{need}” is no need that can be checked"]


def test_evidence_of_somebody_with_a_tie_does_not_count() -> None:
    facts = CaseFacts(evidence={"interview": ("ada", "ben")}, recused=frozenset({"ben"}))
    assert missing("evidence:interview>=2 different", facts) != []
    assert missing("evidence:interview>=2", facts) != []
    assert missing("evidence:interview>=1", facts) == []


def test_one_person_alone_cannot_waive_the_polygraph() -> None:
    need = "evidence:polygraph>=1 or polygraph-waiver>=2 different"
    assert missing(need, CaseFacts(evidence={"polygraph-waiver": ("ada", "ada")})) != []
    assert missing(need, CaseFacts(evidence={"polygraph-waiver": ("ada", "ben")})) == []


def test_halves_of_two_ways_do_not_make_a_whole() -> None:
    need = "evidence:polygraph>=2 or polygraph-waiver>=2 different"
    assert missing(need, CaseFacts(evidence={"polygraph": ("eva",), "polygraph-waiver": ("ada",)})) != []


def test_a_reply_ends_the_waiting() -> None:
    assert missing("reply-or-days:30", CaseFacts(replied=True)) == []


def test_each_section_that_must_be_answered_is_waited_for_and_no_other() -> None:
    profile = read(legion())
    needed = frozenset(profile.questionnaire.titles_to_be_sent())
    assert missing("sections-received", CaseFacts(sections=needed)) == []
    for section in needed:
        facts = CaseFacts(sections=needed - {section})
        title = profile.questionnaire.section(section).title
        assert missing("sections-received", facts) == [
            f"The applicant has not sent these parts yet: {title}."
        ]
    assert "attachment" not in needed


def test_all_that_is_missing_is_said_at_once() -> None:
    way = read(legion()).stage("prescreen").exit("continue")
    nothing = CaseFacts()
    assert len(unmet(way, nothing)) == 2
    assert len(unmet(way, replace(nothing, opened=frozenset({"routing"})))) == 1
