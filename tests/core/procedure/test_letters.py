# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters are filled exactly, and what fills them is never taken for a template."""

import pytest

from tests.core.procedure.written import legion, read
from watchword.core.procedure import LANGUAGES, LetterError, compose

LETTERS = read(legion()).letters


@pytest.mark.parametrize(
    "filled",
    [{}, {"question": " \n"}, {"question": "Why?", "name": "Dov"}, {"reasons": "Why?"}],
)
def test_a_letter_with_a_gap_open_or_a_gap_too_many_is_not_written(filled: dict[str, str]) -> None:
    with pytest.raises(LetterError, match="fill in exactly"):
        compose(LETTERS["question"], "en", **filled)


def test_what_fills_a_gap_cannot_open_another() -> None:
    letter = compose(LETTERS["statement-of-reasons"], "en", reasons="{days} %(days)s {0} {", days="30")
    assert "{days} %(days)s {0} {" in letter.body
    assert "You have 30 days" in letter.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_can_be_written_in_every_language(name: str, language: str) -> None:
    letter = LETTERS[name]
    composed = compose(letter, language, **{gap: f"<{gap}>" for gap in letter.gaps})
    assert all(f"<{gap}>" in composed.body for gap in letter.gaps)
    assert "{" not in composed.body + composed.title


def test_a_letter_is_written_in_english_when_we_do_not_speak_the_language() -> None:
    assert compose(LETTERS["countersign"], "be").title == "We have read your first answers"
    assert compose(LETTERS["countersign"], "uk-UA").title == "Ми прочитали ваші перші відповіді"
