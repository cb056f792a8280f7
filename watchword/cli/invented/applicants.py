# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forty invented applicants: what they answer, and how far each of them has come."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from watchword.core.procedure import Answer, Answers, Question, QuestionType, Section, asked

LANGUAGES = ("ru", "uk", "en", "ru")

# How each life of the demo ends for now; see lives.py. Together they are in every stage of the profile.
LEGION = (
    *("prescreen",) * 8,
    *("questionnaire",) * 4,
    *("checks",) * 6,
    *("interviews",) * 3,
    *("medical",) * 2,
    *("polygraph",) * 2,
    "reading",
    "appealable",
    *("board",) * 3,
    "refusal-intended",
    "refused",
    "accepted",
    "appeal",
    "deferred",
    "held",
    "redirected",
    "withdrawn",
    "closed",
    "prescreen-danger",
)

# The same for the observer mission; see mission.py.
OBSERVERS = (
    *("prescreen",) * 6,
    *("questionnaire",) * 4,
    *("checks",) * 6,
    *("interview",) * 4,
    *("board",) * 4,
    *("training",) * 5,
    "appealable",
    *("accredited",) * 2,
    "appeal",
    "refusal-intended",
    "refused",
    "deferred",
    "redirected",
    "withdrawn",
    "closed",
    "prescreen-danger",
)
DESTINATIONS = {"legion": LEGION, "observers": OBSERVERS}

HERE = Path(__file__).parent
WORDS = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
RELATIVES = tomllib.loads((HERE / "relatives.toml").read_text(encoding="utf-8"))
PEOPLE = tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))
MISSION = tomllib.loads((HERE / "mission.toml").read_text(encoding="utf-8"))
CHRONOLOGIES = tomllib.loads((HERE / "chronologies.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Applicant:
    """One invented person: a number that chooses the answers, a language, and where the case is today."""

    number: int
    language: str
    destination: str


def applicants(count: int, profile: str) -> list[Applicant]:
    """The first ``count`` applicants; more than forty begin again with other answers."""
    ends = DESTINATIONS[profile]
    return [
        Applicant(number, LANGUAGES[number % len(LANGUAGES)], ends[number % len(ends)])
        for number in range(count)
    ]


def answers(applicant: Applicant, section: Section) -> Answers:
    """What this person writes on one page, question by question, so that conditions are met as they arise."""
    if section.id == "identity":
        people: list[dict[str, str]] = PEOPLE[applicant.language]
        return people[applicant.number // 2 % len(people)]
    if section.id == "relatives":
        close: list[dict[str, str]] = RELATIVES[applicant.language]
        return {"close": tuple(close[: 1 + applicant.number % 2])}
    given: dict[str, Answer] = {}
    while fresh := [
        q for q in asked(section, given) if q.id not in given and q.type is not QuestionType.FILE
    ]:
        given[fresh[0].id] = _answer(applicant, fresh[0])
    return given


def _answer(applicant: Applicant, question: Question) -> Answer:
    if question.id == "adult":
        return "yes"
    # In the story nobody is examined who did not agree.
    if question.id in ("examined", "examination"):
        return "given"
    if question.id == "danger_now":
        return "yes" if applicant.destination.endswith("danger") else "no"
    if question.id == "bars":
        return ("none",)
    if question.values:
        chosen = question.values[applicant.number * 7 % len(question.values)]
        return (chosen,) if question.type is QuestionType.SEVERAL else chosen
    if question.id == "people":
        return tuple(MISSION[applicant.language][question.id])
    if question.group is not None:
        lived: list[dict[str, list[Answers]]] = CHRONOLOGIES[applicant.language]
        return tuple(lived[applicant.number % len(lived)][question.id])
    own: dict[str, list[str]] = MISSION[applicant.language]
    texts: list[str] = (WORDS["answers"][applicant.language] | own).get(question.id, ["…"])
    return texts[applicant.number % len(texts)]
