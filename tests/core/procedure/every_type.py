# SPDX-License-Identifier: AGPL-3.0-or-later
"""One section with a question of every type, as it would stand in a file; nobody is asked it."""

from typing import Any

from tests.core.procedure.written import legion, read, text
from watchword.core.procedure import Profile, Section

Row = dict[str, Any]


def question(name: str, kind: str, **more: Any) -> Row:
    """A question with the least words that a file allows."""
    return {"id": name, "type": kind, "label": text(name), "hint": text("why"), **more}


def choices(*names: str, alone: str = "") -> list[Row]:
    return [{"id": name, "title": text(name), "alone": name == alone} for name in names]


QUESTIONS = [
    question("word", "text", max_length=10, required=True),
    question("story", "long_text", max_length=40),
    question("one", "choice", choices=choices("a", "b", "c")),
    question("some", "several", choices=choices("d", "e", "none", alone="none")),
    question("served", "yes_no"),
    question("checks", "consent"),
    question("born", "date"),
    question("moved", "date", about=True),
    question("abroad", "period"),
    question("home", "place"),
    question("knows", "person", choices=choices("friend", "colleague")),
    question("paper", "document", choices=choices("passport", "licence")),
    question(
        "both",
        "text",
        required=True,
        show_if={"all": [{"question": "one", "answers": ["a", "b"]}, {"question": "some", "answers": ["d"]}]},
    ),
    question(
        "either",
        "text",
        show_if={"any": [{"question": "one", "answers": ["c"]}, {"question": "served", "answers": ["yes"]}]},
    ),
    question("ill", "long_text", max_length=40, compartment="contact"),
    question(
        "periods",
        "group",
        entry=text("Period"),
        most=3,
        ordered_by="when",
        gap_months=1,
        years=10,
        questions=[
            question("when", "period", required=True),
            question("where", "place"),
            question("did", "choice", choices=choices("work", "study")),
            question("as_what", "text", show_if={"question": "did", "answers": ["work"]}),
        ],
    ),
]
SECTION = {
    "id": "every_type",
    "compartment": "story",
    "asked_from": "questionnaire",
    "title": text("Every type"),
    "intro": text("For tests."),
    "questions": QUESTIONS,
}


def profile() -> Profile:
    """The legion profile, which also asks this section, by a letter of its own."""
    files = legion()
    files["questionnaire"]["sections"].append(SECTION)
    letter = files["letters"]["letters"][0] | {
        "id": "every-type-asked",
        "asks": ["every_type"],
        "written_by": [],
    }
    files["letters"]["letters"].append(letter)
    return read(files)


def section() -> Section:
    return profile().questionnaire.section("every_type")
