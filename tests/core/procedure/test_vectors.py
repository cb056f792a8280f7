# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms and what must come of them: the same file judges the script of the browser."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.core.procedure.every_type import profile
from watchword.core.procedure import (
    SealedAnswers,
    decode_answers,
    described,
    encode_answers,
    gather,
    validate,
)
from watchword.core.procedure.faults import FAULTS

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "questionnaire" / "answers.json"
FILE: dict[str, Any] = json.loads(VECTORS.read_text(encoding="utf-8"))
SECTION = profile().questionnaire.section("every_type")
NAMES = {reason.text: name for name, reason in FAULTS.items()}


def test_the_file_describes_the_section_that_it_judges() -> None:
    assert described(profile(), SECTION, "en") == FILE["section"]


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_a_form_becomes_these_answers_or_these_faults(case: dict[str, Any]) -> None:
    checked = validate(SECTION, gather(SECTION.questions, case["form"]))
    faults = {name: NAMES[reason.text] for name, reason in checked.errors.items()}
    assert faults == case.get("faults", {})
    if checked.sound:
        sealed = encode_answers(SealedAnswers("legion", 1, "every_type", "en", checked.cleaned))
        assert json.loads(sealed)["answers"] == case["answers"]
        assert decode_answers(sealed).answers == checked.cleaned


@pytest.mark.parametrize(
    "case", [one for one in FILE["cases"] if "answers" in one], ids=lambda one: one["name"]
)
def test_clean_answers_are_taken_as_they_are(case: dict[str, Any]) -> None:
    """So a page can show once more what it has judged."""
    assert json.loads(json.dumps(validate(SECTION, case["answers"]).cleaned)) == case["answers"]
