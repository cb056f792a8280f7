# SPDX-License-Identifier: AGPL-3.0-or-later
"""The observers' profile keeps its promises, and shows that no program assumes the other one."""

import re

from tests.profiles.test_legion import texts
from watchword.core.procedure.needs import AnyEvidence, Lodged
from watchword.profiles import load

OBSERVERS = load("observers")
TEXTS = list(texts(OBSERVERS))


def test_nobody_is_examined_by_a_machine_and_nothing_speaks_of_it() -> None:
    assert "polygraph" not in {kind.id for kind in OBSERVERS.evidence_kinds}
    assert "polygraph" not in {source.id for source in OBSERVERS.ground_law.sources}
    assert "examiner" not in {role.id for role in OBSERVERS.roles}
    assert not [
        text.en for text in TEXTS if re.search("polygraph|legion|soldier|weapon", text.en, re.IGNORECASE)
    ]


def test_whoever_is_accredited_was_accepted_trained_for_five_days_and_has_the_code_of_conduct() -> None:
    doors = [stage.id for stage in OBSERVERS.stages if any(way.to == "accredited" for way in stage.exits)]
    assert doors == ["training"]
    outcomes = {one.id for one in OBSERVERS.decision.outcomes if one.to_stage == "training"}
    on_appeal = {"accept-on-appeal", "accept-on-conditions-on-appeal"}
    assert outcomes == {"accept", "accept-with-conditions", "accept-after-reply"} | on_appeal
    ways = [way for stage in OBSERVERS.stages for way in stage.exits if way.to == "training"]
    assert {way.action for way in ways} == outcomes
    needs = OBSERVERS.stage("training").exit("accredit").needs
    days = [need.options[0] for need in needs if isinstance(need, AnyEvidence)]
    assert [(one.kind, one.count, one.different) for one in days] == [
        ("training-day", 5, False),
        ("assessment", 2, True),
    ]
    assert [need.section for need in needs if isinstance(need, Lodged)] == ["conduct"]


def test_the_panel_does_not_learn_whom_the_applicant_named_and_nobody_reads_the_applicants_name() -> None:
    assert OBSERVERS.compartment("referees").readers == {"vetting"}
    named = OBSERVERS.questionnaire.section("identity").compartments
    assert all(OBSERVERS.compartment(one).custody for one in named)
    (reader,) = OBSERVERS.compartment("screening").readers
    reads = {one.id for one in OBSERVERS.compartments.values() if reader in one.readers}
    assert reads == {"screening", "releases"}
    assert OBSERVERS.evidence_kind("screening").keeps_from == {"propose", "vote", "countersign"}
    for role in OBSERVERS.roles:
        assert not all(role.id in one.readers for one in OBSERVERS.compartments.values())
    assert not any("training" in one.readers for one in OBSERVERS.compartments.values())


def test_who_is_asked_for_from_outside_is_looked_up_by_the_custodians() -> None:
    """The Desk offers the pages of call signs and enquiries in every organisation that has custodians."""
    for known in (load("legion"), OBSERVERS):
        assert known.custody
        assert known.compartment("protection").readers == set(known.custody.seats)
        assert known.compartment("protection").writers == {"intake", *known.custody.seats}


def test_whoever_asks_the_referees_does_not_interview() -> None:
    assert "interview" in OBSERVERS.evidence_kind("reference").excludes


def test_the_days_that_are_promised_in_words_are_the_days_of_the_clocks() -> None:
    intended, asked = OBSERVERS.stage("refusal-intended"), OBSERVERS.stage("questionnaire")
    assert intended.clock_days == asked.clock_days == OBSERVERS.decision.reply_days == 21
    for stage in (intended, asked):
        assert all("21" in stage.applicant_hint.in_language(code) for code in ("en", "uk", "ru"))
    for name in ("appealable", "appeal"):
        stage = OBSERVERS.stage(name)
        hints = [stage.applicant_hint.in_language(code) for code in ("en", "uk", "ru")]
        assert all(f"{stage.clock_days} " in hint for hint in hints)


def test_each_text_is_in_its_language() -> None:
    assert len(TEXTS) > 200
    for text in TEXTS:
        assert not re.search("[ыэъёЫЭЪЁ]", text.uk), text.uk
        assert not re.search("[іїєґІЇЄҐ]", text.ru), text.ru
        assert not re.search("[А-Яа-яІіЇїЄє]", text.en), text.en
        assert not re.search("[A-Za-z]", re.sub(r"\{[a-z_]+\}", "", text.uk + text.ru)), text.uk
