# SPDX-License-Identifier: AGPL-3.0-or-later
"""A section as plain JSON, for whoever asks it without this programme: a page's script, the offline kit."""

from collections.abc import Callable
from typing import Any

from watchword.core.procedure.conditions import Condition
from watchword.core.procedure.faults import FAULTS
from watchword.core.procedure.parts import parts_of
from watchword.core.procedure.profile import Profile
from watchword.core.procedure.questionnaire import Group, Question, Section
from watchword.core.procedure.readable import choice_words
from watchword.core.refusals import Sentence

FORMAT = 1
# Any JSON value that holds what a form shows.
Described = dict[str, Any]


def described(profile: Profile, section: Section, language: str) -> Described:
    """Return ``section`` in one language, as docs/spec/questionnaire.md describes it."""
    return {
        "format": FORMAT,
        "profile": profile.name,
        "version": profile.version,
        "section": section.id,
        "compartment": section.compartment,
        "language": language,
        "title": section.title.in_language(language),
        "intro": section.intro.in_language(language),
        "questions": [_question(one, language) | _apart(profile, one, language) for one in section.questions],
    }


def described_faults(translate: Callable[[Sentence], str]) -> dict[str, str]:
    """Return every fault of an answer by its name, in words that still have their gaps."""
    return {name: translate(reason) for name, reason in FAULTS.items()}


def _apart(profile: Profile, question: Question, language: str) -> Described:
    """Where the answer is sealed if not with its section, and the roles that read it there."""
    readers = profile.readers_in_words(question.compartment, language) if question.compartment else ()
    return {"compartment": question.compartment, "readers": list(readers)}


def _question(question: Question, language: str) -> Described:
    plain: Described = {
        "id": question.id,
        "type": question.type.value,
        "label": question.label.in_language(language),
        "hint": question.hint.in_language(language),
        "required": question.required,
        "about": question.about,
        "max_length": question.max_length,
        "choices": [
            {"id": value, "title": words.in_language(language), "alone": value in _alone(question)}
            for value, words in choice_words(question)
        ],
        "parts": [
            {
                "name": part.name,
                "label": part.label.in_language(language),
                "kind": "words" if part.written else "choice" if part.choices else "tick",
                "choices": [
                    {"id": value, "title": words.in_language(language)} for value, words in part.choices
                ],
                "max_length": part.longest,
            }
            for part in parts_of(question)
        ],
        "show_if": _condition(question.show_if),
        "group": _group(question.group, language),
    }
    return plain


def _alone(question: Question) -> frozenset[str]:
    return frozenset(choice.id for choice in question.choices if choice.alone)


def _condition(condition: Condition | None) -> Described | None:
    if condition is None:
        return None
    met = [{"question": one.question, "answers": sorted(one.answers)} for one in condition.of]
    return {"all" if condition.every else "any": met}


def _group(group: Group | None, language: str) -> Described | None:
    if group is None:
        return None
    return {
        "entry": group.entry.in_language(language),
        "most": group.most,
        "ordered_by": group.ordered_by,
        "gap_months": group.gap_months,
        "years": group.years,
        "questions": [_question(one, language) for one in group.questions],
    }
