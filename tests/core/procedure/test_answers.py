# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is typed is judged by the server alone, and has one clean form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.procedure.written import legion, read
from watchword.core.procedure import Section, asked, validate
from watchword.core.procedure.typed import Typed

QUESTIONNAIRE = read(legion()).questionnaire
CONTACT = QUESTIONNAIRE.contact
SERVICE = QUESTIONNAIRE.section("service_and_contacts")
PRESCREEN = QUESTIONNAIRE.section("prescreen")

DOV = {"whereabouts": "elsewhere", "adult": "yes", "danger_now": "no", "found_us": "card"}


def errors(section: Section, typed: Typed) -> dict[str, str]:
    return {name: str(reason) for name, reason in validate(section, typed).errors.items()}


def test_an_answer_to_a_question_that_is_not_asked_is_dropped() -> None:
    checked = validate(CONTACT, DOV | {"found_where": "a channel of somebody"})
    assert checked.sound
    assert checked.cleaned == DOV


def test_the_same_answer_is_kept_once_its_question_is_asked() -> None:
    checked = validate(CONTACT, DOV | {"found_us": "messenger", "found_where": " a channel "})
    assert checked.cleaned["found_where"] == "a channel"


def test_an_answer_hidden_in_the_form_does_not_open_a_question() -> None:
    """A condition looks at the answers that exist, so an invented one shows nothing."""
    shown = [question.id for question in asked(CONTACT, DOV | {"found_us": "nowhere"})]
    assert "found_where" not in shown


def test_a_question_behind_an_unasked_question_is_not_asked() -> None:
    files = legion()
    files["questionnaire"]["contact"]["questions"].append(
        files["questionnaire"]["contact"]["questions"][-1]
        | {"id": "deeper", "show_if": {"question": "second", "answers": ["yes"]}}
    )
    questions = files["questionnaire"]["contact"]["questions"]
    questions.insert(
        -1,
        questions[1]
        | {"id": "second", "required": False, "show_if": {"question": "adult", "answers": ["no"]}},
    )
    contact = read(files).questionnaire.contact
    assert "deeper" not in [one.id for one in asked(contact, DOV | {"second": "yes"})]
    assert "deeper" in [one.id for one in asked(contact, DOV | {"adult": "no", "second": "yes"})]


def test_what_belongs_to_no_question_is_dropped() -> None:
    assert validate(CONTACT, DOV | {"name": "Dov", "ticket": "7"}).cleaned == DOV


def test_every_missing_answer_is_named() -> None:
    assert errors(CONTACT, {}) == dict.fromkeys(DOV, "Choose one answer.")


def test_blanks_are_no_answer() -> None:
    assert errors(PRESCREEN, {"citizenships": " \t\r\n\u2028 "})["citizenships"].startswith(
        "Write an answer."
    )


def test_a_question_that_need_not_be_answered_may_stay_open() -> None:
    checked = validate(SERVICE, {"approached": ["never"], "service_details": ""})
    assert checked.sound
    assert checked.cleaned == {"approached": ("never",)}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"whereabouts": "the moon"}, "Choose among the answers that are shown."),
        ({"whereabouts": ["host", "elsewhere"]}, "Choose only one answer."),
        ({"adult": "true"}, "Choose among the answers that are shown."),
        ({"adult": "yes\n"}, "Choose among the answers that are shown."),
    ],
)
def test_a_choice_that_was_not_offered_is_refused(typed: Typed, reason: str) -> None:
    assert errors(CONTACT, {**DOV, **typed}) == dict.fromkeys(typed, reason)


def test_none_of_these_and_one_of_these_contradict_each_other() -> None:
    typed = {"approached": ["never", "asked"]}
    assert errors(SERVICE, typed) == {"approached": "Two of the answers you chose contradict each other."}


def test_nothing_ticked_where_something_must_be_is_refused() -> None:
    assert errors(SERVICE, {"approached": []}) == {"approached": "Choose at least one answer."}


def test_too_long_an_answer_is_refused_with_both_numbers() -> None:
    reason = errors(CONTACT, DOV | {"found_us": "search", "found_where": "x" * 301})["found_where"]
    assert reason == "This is too long: 301 characters. At most 300 fit."


def test_two_lines_do_not_fit_where_one_is_asked() -> None:
    reason = errors(CONTACT, DOV | {"found_us": "search", "found_where": "a\nb"})["found_where"]
    assert reason == "Write this on one line."


def test_several_answers_to_a_written_question_are_refused() -> None:
    assert errors(PRESCREEN, {"citizenships": ["a", "b"]})["citizenships"] == "Write one answer."


def test_signs_that_disguise_words_are_taken_out() -> None:
    typed = {"approached": ["never"], "service_details": "ab\u202ecd\x00\x07 e\ud800f"}
    assert validate(SERVICE, typed).cleaned["service_details"] == "abcd ef"


def test_line_ends_and_accents_have_one_form() -> None:
    typed = {"approached": ["never"], "service_details": "cafe\u0301\r\nb\rc\u2028d"}
    assert validate(SERVICE, typed).cleaned["service_details"] == "caf\u00e9\nb\nc\nd"


def test_choices_are_kept_in_their_order_and_once() -> None:
    typed = {"approached": ["asked", "questioned", "asked"]}
    assert validate(SERVICE, typed).cleaned["approached"] == ("questioned", "asked")


def test_a_file_is_never_among_the_answers() -> None:
    checked = validate(QUESTIONNAIRE.section("attachment"), {"file": "certificate.pdf"})
    assert checked.sound
    assert checked.cleaned == {}


# Whatever normal form, trimming, line ends or the removal of signs could disagree about.
SIGNS = "ab e\u0301\u0308\u1100\u1161я\u0456 \t\n\r\x0b\x1c\x85\xa0\u2028\u202e\u200d\ud800\x00\U0001f600"

ANYTHING = st.dictionaries(
    st.sampled_from(
        [question.id for section in QUESTIONNAIRE.every_section for question in section.questions]
    ),
    st.one_of(
        st.text(SIGNS, max_size=40),
        st.sampled_from(["yes", "no", "never", "asked", "search", "card", "host", "none", "from_18"]),
        st.lists(st.sampled_from(["never", "asked", "sent", "none", "serving_now", ""]), max_size=4),
    ),
)


@settings(max_examples=150)
@given(st.sampled_from(QUESTIONNAIRE.every_section), ANYTHING)
def test_clean_answers_are_clean_and_whatever_is_typed_is_judged(section: Section, typed: Typed) -> None:
    checked = validate(section, typed)
    again = validate(section, checked.cleaned)
    assert again.cleaned == checked.cleaned
    shown = {question.id for question in asked(section, typed)}
    assert set(checked.cleaned) | set(checked.errors) <= shown
    assert not set(checked.cleaned) & set(checked.errors)
