# SPDX-License-Identifier: AGPL-3.0-or-later
"""The legion profile keeps its promises: who reads what, what is never asked, and in which words."""

import re
from collections.abc import Iterator, Mapping

import pytest

from watchword.core.procedure import Question, QuestionType, Section, Text
from watchword.profiles import load

LEGION = load("legion")
LEGION_SEATS = tuple(f"custodian-{number}" for number in range(1, 6))

# What the matrix of roles and classes of data allows to be read in the clear; a profile may allow less.
READERS = {
    "routing": {"intake"},
    "contact": {"intake", "vetting"},
    "story": {"vetting", "board"},
    # In custody: nobody reads these, and what a comparison found of them has no word of theirs.
    "identity": set(),
    "birth": set(),
    "passport": set(),
    "protection": {*LEGION_SEATS},
    "relatives": set(),
    "screening": {"screening"},
    # The requests of officers and what custodians answer to them; nothing of what they hold.
    "releases": {"vetting", "screening", *LEGION_SEATS},
    "health": {"medical"},
    "examination": {"examiner", "vetting", "board"},
    "evidence": {"vetting", "board"},
    "decision": {"vetting", "board", "auditor"},
}


def texts(value: object) -> Iterator[Text]:
    """Every text that hangs on this value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, tuple | frozenset):
        for one in value:
            yield from texts(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts(getattr(value, name))


def test_no_compartment_is_open_to_more_roles_than_the_matrix_allows() -> None:
    for compartment in LEGION.compartments.values():
        assert compartment.readers <= READERS[compartment.id]


@pytest.mark.parametrize(
    ("role", "reads"), [("administrator", []), ("medical", ["health"]), ("examiner", ["examination"])]
)
def test_these_roles_read_next_to_nothing(role: str, reads: list[str]) -> None:
    assert [one.id for one in LEGION.compartments.values() if role in one.readers] == reads


def test_no_role_reads_everything() -> None:
    for role in LEGION.roles:
        assert not all(role.id in compartment.readers for compartment in LEGION.compartments.values())


PERSONAL = re.compile("name|given|latin|birth|passport|phone|mail|relative|address")


def test_an_application_asks_nobody_who_they_are() -> None:
    asked = [question.id for one in LEGION.questionnaire.application for question in one.questions]
    assert [name for name in asked if PERSONAL.search(name)] == []


# What the catalogue of data allows before the Desk has answered: whereabouts, what the law asks, a file.
FIRST_ASKED = {
    "contact": {"whereabouts", "adult", "danger_now", "found_us", "found_where", "card"},
    "prescreen": {"citizenships", "country", "age_bracket", "languages", "prior_service", "bars"},
    "reach": {"how_often"},
    "attachment": {"file"},
}


def test_an_application_asks_nothing_that_only_a_later_stage_needs() -> None:
    asked = {one.id: {question.id for question in one.questions} for one in LEGION.questionnaire.application}
    assert asked == FIRST_ASKED


def test_each_consent_is_asked_in_the_stage_that_needs_it() -> None:
    asked = {
        question.id: section.asked_from
        for section in LEGION.questionnaire.every_section
        for question in section.questions
        if question.type is QuestionType.CONSENT
    }
    assert (asked["examined"], asked["examination"]) == ("medical", "polygraph")
    assert {stage for name, stage in asked.items() if name not in ("examined", "examination")} == {
        "questionnaire"
    }


def test_who_somebody_is_and_whom_it_could_cost_is_asked_in_one_place_each() -> None:
    asked = [question.id for one in LEGION.questionnaire.later for question in every_question(one)]
    for name in ("identity", "relatives"):
        assert [one.id for one in LEGION.questionnaire.later if name in one.compartments] == [name]
    assert not any(re.search("phone|mail|address", name) for name in asked)
    others = [one for one in LEGION.questionnaire.later if one.id not in ("identity", "relatives")]
    named = [question.id for one in others for question in every_question(one)]
    assert [name for name in named if PERSONAL.search(name)] == []


def test_those_close_to_an_applicant_are_in_custody_and_need_not_be_told() -> None:
    close = LEGION.questionnaire.section("relatives")
    assert LEGION.compartment("relatives").custody
    assert (close.asked_from, close.seats) == ("checks", LEGION_SEATS)
    assert not any(question.required for question in every_question(close))
    assert "lodged:relatives" not in str([way.needs for stage in LEGION.stages for way in stage.exits])
    (letter,) = [one for one in LEGION.letters.values() if "relatives" in one.asks]
    assert "identity" in letter.asks


def test_who_holds_a_seat_reads_nothing_else_of_a_case() -> None:
    for seat in LEGION_SEATS:
        reads = {one.id for one in LEGION.compartments.values() if seat in one.readers}
        assert reads <= {"releases", "protection"}
        assert not any(seat in stage.seen_by for stage in LEGION.stages)
        assert LEGION.compartment(seat).readers == {seat}


def every_question(section: Section) -> list[Question]:
    """Those of its lists with them."""
    inner = [one for question in section.questions if question.group for one in question.group.questions]
    return [*section.questions, *inner]


def test_nobody_reads_a_name_and_whoever_judges_what_was_found_reads_nothing_else_and_decides_nothing() -> (
    None
):
    section = LEGION.questionnaire.section("identity")
    named = section.compartments
    assert all(LEGION.compartment(one).custody for one in named)
    assert LEGION.read_apart(section, "en") == (), "who opens it is said once"
    (reader,) = LEGION.compartment("screening").readers
    reads = {one.id for one in LEGION.compartments.values() if reader in one.readers}
    assert reads == {"screening", "releases"}
    assert not any(reader in way.by for stage in LEGION.stages for way in stage.exits)
    assert LEGION.evidence_kind("screening").keeps_from == {"propose", "vote", "countersign"}
    assert not any(reader in letter.written_by for letter in LEGION.letters.values())


def test_the_first_contact_asks_nothing_that_is_written_but_where_the_site_was_found_and_a_card() -> None:
    written = [
        question.id
        for question in LEGION.questionnaire.contact.questions
        if question.type in {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.FILE}
    ]
    assert written == ["found_where", "card"]


def test_whoever_decides_does_not_examine_and_whoever_administers_does_nothing_to_a_case() -> None:
    deciding = LEGION.decision.vote_roles | LEGION.decision.countersign_roles
    assert not deciding & LEGION.decision.propose_roles
    assert not deciding & LEGION.evidence_kind("polygraph").recorded_by
    for stage in LEGION.stages:
        assert not stage.seen_by & {"administrator", "auditor"}
        assert not any(way.by & {"administrator", "auditor"} for way in stage.exits)


def test_every_letter_that_announces_an_outcome_is_kept_where_intake_cannot_read_it() -> None:
    for outcome in LEGION.decision.outcomes:
        letter = LEGION.letter(outcome.letter)
        assert "intake" not in LEGION.compartment(letter.compartment).readers
        assert outcome.needs_reply is letter.needs_answer


def test_the_promised_days_are_the_days_of_the_clock() -> None:
    assert LEGION.stage("refusal-intended").clock_days == LEGION.decision.reply_days
    for name in ("appealable", "appeal"):
        stage = LEGION.stage(name)
        hints = [stage.applicant_hint.in_language(code) for code in ("en", "uk", "ru")]
        assert all(f"{stage.clock_days} " in hint for hint in hints)


def test_ukrainian_is_ukrainian_and_russian_is_russian() -> None:
    """A text pasted into the wrong language betrays itself by letters that the other does not have."""
    found = list(texts(LEGION))
    assert len(found) > 200
    for text in found:
        assert not re.search("[ыэъёЫЭЪЁ]", text.uk), text.uk
        assert not re.search("[іїєґІЇЄҐ]", text.ru), text.ru
        assert not re.search("[А-Яа-яІіЇїЄє]", text.en), text.en
        assert not re.search("[A-Za-z]", re.sub(r"\{[a-z_]+\}", "", text.uk + text.ru)), text.uk


def test_nobody_is_addressed_with_a_capital_in_the_middle_of_a_sentence() -> None:
    """*вы* in lower case: a capital there is the voice of an office."""
    for text in texts(LEGION):
        for words in (text.uk, text.ru):
            assert not re.search(r"[а-яіїєё,] (Вы|Вас|Вам|Ваш|Ви|Вами)", words), words
