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


LONG: Files = {
    "type": "long_text",
    "max_length": 3000,
    "label": text("Long"),
    "hint": text("Why"),
}


def chosen(answer: str) -> Files:
    return {"question": "approached", "answers": [answer]}


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


def chronology(files: Files, name: str = "") -> Files:
    """The list of the chronology, or one of its questions."""
    periods = question(files, "chronology", "periods")
    return row(periods["questions"], name) if name else periods


CHRONOLOGY = "legion/questionnaire.toml, sections[chronology].questions[periods]"
BROKEN |= {
    "a file of another format": (
        lambda f: f["questionnaire"].update(format=2),
        "legion/questionnaire.toml, format: this programme reads format 1",
    ),
    "a list in a list": (
        lambda f: chronology(f, "details").update(type="group"),
        f"{CHRONOLOGY}.questions[details].type: there is no “group”",
    ),
    "a list ordered by a place": (
        lambda f: chronology(f).update(ordered_by="where"),
        f"{CHRONOLOGY}.ordered_by: there is no “where”",
    ),
    "gaps in what has no order": (
        lambda f: chronology(f).pop("ordered_by"),
        f"{CHRONOLOGY}.gap_months: gaps are only seen where there is ordered_by",
    ),
    "more entries than a page can hold": (
        lambda f: chronology(f).update(most=61),
        f"{CHRONOLOGY}.most: at most 60 entries fit on a page",
    ),
    "a guess at a choice": (
        lambda f: question(f, "contact", "whereabouts").update(about=True),
        f"{CONTACT}[whereabouts].about: only a date can be a guess",
    ),
    "two kinds of conditions at once": (
        lambda f: question(f, "contact", "found_where").update(show_if={"all": [], "any": []}),
        f"{CONTACT}[found_where].show_if.any: one list of conditions is needed here",
    ),
    "a condition inside an entry on a question outside it": (
        lambda f: chronology(f, "details")["show_if"].update(question="periods"),
        f"{CHRONOLOGY}.questions[details].show_if.question: there is no “periods”",
    ),
    "a story before there is a receipt": (
        lambda f: question(f, "contact", "found_where").update(type="long_text"),
        f"{CONTACT}[found_where].type: the first contact only asks for short words",
    ),
    "a person in the application": (
        lambda f: question(f, "reach", "how_often").update(type="person"),
        "legion/questionnaire.toml, sections[reach].questions[how_often].type: documents and people",
    ),
    "who somebody is, before a signed letter": (
        lambda f: row(f["questionnaire"]["sections"], "reach").update(compartment="identity"),
        "legion/questionnaire.toml, sections[reach].compartment: this is asked after a signed letter",
    ),
    "a compartment of a question that is none": (
        lambda f: question(f, "motivation", "money").update(compartment="stories"),
        "legion/questionnaire.toml, sections[motivation].questions[money].compartment: there is no “stories”",
    ),
    "a compartment of a question that nobody of the stage reads": (
        lambda f: question(f, "motivation", "money").update(compartment="health"),
        "legion/questionnaire.toml, sections[motivation].questions[money].compartment: nobody who sees",
    ),
    "a name that one question asks in the application": (
        lambda f: question(f, "prescreen", "country").update(compartment="identity"),
        "legion/questionnaire.toml, sections[prescreen].questions[country].compartment: this is asked after",
    ),
    "a first contact for several readers": (
        lambda f: question(f, "contact", "card").update(compartment="contact"),
        f"{CONTACT}[card].compartment: the first contact is sealed as one",
    ),
    "a file for other readers than its section": (
        lambda f: question(f, "attachment", "file").update(compartment="story"),
        "legion/questionnaire.toml, sections[attachment].questions[file].compartment: a file is sealed where",
    ),
    "a compartment inside a list": (
        lambda f: chronology(f, "details").update(compartment="contact"),
        f"{CHRONOLOGY}.questions[details].compartment: nothing of this name is known here",
    ),
    "a question that shows its readers what others answered": (
        lambda f: question(f, "service_and_contacts", "approached_details").update(compartment="contact"),
        f"{SERVICE}[approached_details].show_if: this hangs on a question that other people read",
    ),
    "a question that no answers lead to": (
        lambda f: question(f, "service_and_contacts", "approached_details").update(
            show_if={"all": [chosen("never"), chosen("sent")]}
        ),
        f"{SERVICE}[approached_details].show_if: no answers lead to this question",
    ),
    "a page that could not be sent": (
        lambda f: [
            question(f, "chronology", "periods")["questions"].append(LONG | {"id": f"q{n}"}) for n in (1, 2)
        ],
        "legion/questionnaire.toml, sections[chronology].questions: this page could hold more than",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_questionnaire_is_refused_and_the_place_is_named(kind: str) -> None:
    files = legion()
    breaking, expected = BROKEN[kind]
    breaking(files)
    assert any(fault.startswith(expected) for fault in faults(files)), faults(files)
