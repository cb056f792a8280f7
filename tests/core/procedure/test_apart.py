# SPDX-License-Identifier: AGPL-3.0-or-later
"""One page for several readers: each gets its part, and nobody the part of another."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.procedure.every_type import profile
from watchword.core.procedure import (
    Answers,
    SealedAnswers,
    belonging,
    encode_answers,
    gather,
    parted,
    readable,
    strayed,
    validate,
)

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "questionnaire" / "parts.json"
FILE: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
PROFILE = profile()
SECTION = PROFILE.questionnaire.section("every_type")


def sealed(answers: Answers) -> str:
    return encode_answers(SealedAnswers("legion", 1, "every_type", "en", answers)).decode()


@pytest.mark.parametrize("case", FILE["strayed"], ids=lambda case: case["name"])
def test_an_answer_among_the_wrong_readers_is_told_of_and_not_given_out(case: dict[str, Any]) -> None:
    answers, place = case["answers"], case["compartment"]
    assert belonging(SECTION, answers, place) == case["shown"]
    assert [question.id for question in strayed(SECTION, answers, place)] == case["withheld"]


@pytest.mark.parametrize("case", FILE["parts"], ids=lambda case: case["name"])
def test_a_form_becomes_these_parts(case: dict[str, Any]) -> None:
    checked = validate(SECTION, gather(SECTION.questions, case["form"]))
    assert checked.sound
    found = parted(SECTION, checked.cleaned)
    assert [[place, sealed(part)] for place, part in found.items()] == case["parts"]


def test_what_others_read_stands_in_its_place_whether_it_was_answered_or_not() -> None:
    lines = readable(SECTION, {"word": "x"}, "en", {"story"})
    assert [line.label for line in lines if line.elsewhere] == ["ill"]
    assert not any(line.elsewhere for line in readable(SECTION, {"word": "x"}, "en", {"story", "contact"}))
    # Also where the caller was careless and handed the answer over.
    (line,) = (one for one in readable(SECTION, {"ill": "a fever"}, "en", {"story"}) if one.label == "ill")
    assert (line.answer, line.answered) == ("", False)


def test_the_page_says_who_reads_what_the_others_do_not() -> None:
    (apart,) = PROFILE.read_apart(SECTION, "en")
    assert (apart.label, apart.readers) == ("ill", ("Intake", "Vetting"))
