# SPDX-License-Identifier: AGPL-3.0-or-later
"""A questionnaire that could not be asked, or that would leak between compartments, is refused."""

from collections.abc import Callable

import pytest

from tests.core.procedure.written import Files, faults, legion, row, text

CONTACT = "legion/questionnaire.toml, contact.questions"
SERVICE = "legion/questionnaire.toml, sections[service_and_contacts].questions"


def question(files: Files, section: str, name: str) -> Files:
    sections = [files["questionnaire"]["contact"], *files["questionnaire"]["sections"]]
    found: Files = row(row(sections, section)["questions"], name)
    return found


BROKEN: dict[str, tuple[Callable[[Files], object], str]] = {
    "a condition on a question that comes later": (
        lambda f: question(f, "contact", "whereabouts").update(
            show_if={"question": "adult", "answers": ["yes"]}
        ),
        f"{CONTACT}[whereabouts].show_if.question: there is no “adult” in this profile",
    ),
    "a condition on a question of another compartment": (
        lambda f: question(f, "service_and_contacts", "service_details").update(
            show_if={"question": "prior_service", "answers": ["yes"]}
        ),
        f"{SERVICE}[service_details].show_if.question: there is no “prior_service” in this profile",
    ),
    "a condition on an answer that nobody can give": (
        lambda f: question(f, "contact", "found_where")["show_if"].update(answers=["search", "dream"]),
        f"{CONTACT}[found_where].show_if.answers: there is no “dream” in this profile",
    ),
    "a condition on written words": (
        lambda f: question(f, "service_and_contacts", "approached_details")["show_if"].update(
            question="service_details"
        ),
        f"{SERVICE}[approached_details].show_if.answers: there is no “questioned” in this profile",
    ),
    "a type that nobody can fill in": (
        lambda f: question(f, "contact", "whereabouts").update(type="map"),
        f"{CONTACT}[whereabouts].type: there is no “map” in this profile",
    ),
    "a choice without choices": (
        lambda f: question(f, "contact", "whereabouts").pop("choices"),
        f"{CONTACT}[whereabouts].choices: choices belong to the types choice and several",
    ),
    "choices for written words": (
        lambda f: question(f, "contact", "found_where").update(choices=[{"id": "a", "title": text("A")}]),
        f"{CONTACT}[found_where].choices: choices belong to the types choice and several",
    ),
    "the same choice twice": (
        lambda f: question(f, "contact", "found_us")["choices"].append({"id": "card", "title": text("Card")}),
        f"{CONTACT}[found_us].choices: “card” stands here twice",
    ),
    "a length of a choice": (
        lambda f: question(f, "contact", "whereabouts").update(max_length=10),
        f"{CONTACT}[whereabouts].max_length: only written answers have a length",
    ),
    "a length beyond all measure": (
        lambda f: question(f, "contact", "found_where").update(max_length=1_000_000),
        f"{CONTACT}[found_where].max_length: only written answers have a length, at most 20000",
    ),
    "a question without a reason": (
        lambda f: question(f, "contact", "found_us").pop("hint"),
        f"{CONTACT}[found_us].hint: this is missing",
    ),
    "a section without questions": (
        lambda f: row(f["questionnaire"]["sections"], "safety").update(questions=[]),
        "legion/questionnaire.toml, sections[safety].questions: the list is empty",
    ),
    "no section at all": (
        lambda f: f["questionnaire"].update(sections=[]),
        "legion/questionnaire.toml, sections: the list is empty",
    ),
    "a section called like the first contact": (
        lambda f: row(f["questionnaire"]["sections"], "safety").update(id="contact"),
        "legion/questionnaire.toml, sections: “contact” stands here twice",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_questionnaire_is_refused_and_the_place_is_named(kind: str) -> None:
    files = legion()
    breaking, expected = BROKEN[kind]
    breaking(files)
    assert any(fault.startswith(expected) for fault in faults(files)), faults(files)
