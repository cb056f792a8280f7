# SPDX-License-Identifier: AGPL-3.0-or-later
"""An officer sees every answer that was sealed, in words and in the officer's language."""

from tests.core.procedure.written import legion, read
from watchword.core.procedure import Line, readable

QUESTIONNAIRE = read(legion()).questionnaire


def test_a_strange_answer_is_shown_and_not_swallowed() -> None:
    """A clone, or an older version of the questionnaire, may have sealed what this one does not ask."""
    lines = readable(QUESTIONNAIRE.section("reach"), {"how_often": "hourly", "phone": "12"}, "en")
    assert [line.answer for line in lines] == ["hourly", "12"]
    assert lines[-1].label == "phone"


def test_choices_are_shown_by_their_words_in_the_language_of_the_reader() -> None:
    service = QUESTIONNAIRE.section("service_and_contacts")
    answers = {"approached": ("questioned", "sent")}
    assert readable(service, answers, "en")[1].answer == (
        "I was summoned, questioned or searched; Somebody wanted me to apply here"
    )
    assert readable(service, answers, "uk")[1].answer.startswith("Мене викликали")
    assert readable(service, answers, "ru")[1].label.startswith("Имела ли с вами дело")


def test_yes_and_no_are_words_too() -> None:
    line = readable(QUESTIONNAIRE.contact, {"adult": "no"}, "uk")[1]
    assert line == Line("Вам уже є 18 років?", "Ні")


def test_a_question_left_open_is_shown_as_open_and_one_never_asked_is_not_shown() -> None:
    lines = readable(QUESTIONNAIRE.contact, {"found_us": "card"}, "en")
    assert [line.answered for line in lines] == [False, False, False, True]
    with_detail = readable(QUESTIONNAIRE.contact, {"found_us": "search", "found_where": "a page"}, "en")
    assert with_detail[-1].answer == "a page"


def test_written_words_stay_as_they_were_written() -> None:
    lines = readable(QUESTIONNAIRE.section("safety"), {"risks": "мій телефон\nпереглядають"}, "en")
    assert lines[0].answer == "мій телефон\nпереглядають"
