# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked later is asked by one letter, not before the Desk has answered, and somebody can read it."""

from collections.abc import Callable

import pytest

from tests.core.procedure.written import Files, faults, legion, read, row

PLACE = "legion/questionnaire.toml, sections[identity].asked_from"


def section(files: Files) -> Files:
    found: Files = row(files["questionnaire"]["sections"], "identity")
    return found


def letter(files: Files, name: str) -> Files:
    found: Files = row(files["letters"]["letters"], name)
    return found


BROKEN: dict[str, tuple[Callable[[Files], object], str]] = {
    "asked in a stage that is not there": (
        lambda f: section(f).update(asked_from="dawn"),
        f"{PLACE}: there is no “dawn” in this profile",
    ),
    "asked before the Desk has answered": (
        lambda f: section(f).update(asked_from="prescreen"),
        f"{PLACE}: nothing is asked before the Desk has answered",
    ),
    "asked where nobody could read it": (
        lambda f: row(f["questionnaire"]["sections"], "health").update(asked_from="questionnaire"),
        f"{PLACE.replace('identity', 'health')}: nobody who sees a case in this stage could read the answers",
    ),
    "asked by no letter": (
        lambda f: letter(f, "identity-asked").pop("asks"),
        f"{PLACE}: one letter must ask for this section, and only one",
    ),
    "asked by two letters": (
        lambda f: letter(f, "call-consent").update(asks=["identity"]),
        f"{PLACE}: one letter must ask for this section, and only one",
    ),
    "a letter that asks for a part of the application": (
        lambda f: letter(f, "identity-asked").update(asks=["prescreen"]),
        "legion/letters.toml, letters[identity-asked].asks: there is no “prescreen” in this profile",
    ),
    "a letter that asks and that somebody writes by hand": (
        lambda f: letter(f, "identity-asked").update(written_by=["intake"]),
        "legion/letters.toml, letters[identity-asked].asks: a letter that asks for a section",
    ),
    "a file asked for later": (
        lambda f: row(f["questionnaire"]["sections"], "attachment").update(asked_from="checks"),
        "legion/questionnaire.toml, sections[attachment].asked_from: a file can only be part",
    ),
    "a need for a part of the application as if it were asked for": (
        lambda f: f["stages"]["stages"][3]["exits"][0].update(needs=["lodged:prescreen"]),
        "legion/stages.toml, stages[checks].exits[interview].needs: “lodged:prescreen” is no need",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_profile_that_asks_wrongly_is_refused_and_the_place_is_named(kind: str) -> None:
    files = legion()
    breaking, expected = BROKEN[kind]
    breaking(files)
    assert any(fault.startswith(expected) for fault in faults(files)), faults(files)


def test_what_is_asked_later_is_no_part_of_an_application() -> None:
    questionnaire = read(legion()).questionnaire
    assert "identity" not in questionnaire.titles_to_be_sent()
    assert "identity" not in {section.id for section in questionnaire.application}
    assert questionnaire.section("identity") in questionnaire.every_section
