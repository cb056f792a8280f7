# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bytes that are sealed for a section: canonical JSON, one form for one meaning."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from watchword.core.procedure.answers import Answers
from watchword.core.procedure.errors import AnswersError
from watchword.core.procedure.judging import Answer
from watchword.core.procedure.tables import NAME
from watchword.core.procedure.text import LANGUAGES
from watchword.core.refusals import sentence

# Some forty of the longest texts. What claims to be longer was not written by our Gate.
MOST_BYTES = 4 * 1024 * 1024
KEYS = {"answers", "language", "profile", "section", "version"}


@dataclass(frozen=True)
class SealedAnswers:
    """The answers of one section, with the profile, version and language they were given under."""

    profile: str
    version: int
    section: str
    language: str
    answers: Answers


def encode_answers(sealed: SealedAnswers) -> bytes:
    """Return canonical JSON (RFC 8785) of ``sealed``. Raises AnswersError for what could not be read back."""
    try:
        data = rfc8785.dumps(
            {
                "answers": {name: _plain(answer) for name, answer in sealed.answers.items()},
                "language": sealed.language,
                "profile": sealed.profile,
                "section": sealed.section,
                "version": sealed.version,
            }
        )
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise AnswersError(sentence("These answers cannot be written down exactly.")) from error
    _read(data)
    return data


def decode_answers(data: bytes) -> SealedAnswers:
    """Return what ``encode_answers`` wrote. Raises AnswersError for any other bytes.

    Anybody who has our public key can seal anything, so the bytes are judged as a stranger's.
    """
    sealed = _read(data)
    if encode_answers(sealed) != data:
        raise AnswersError(sentence("These answers are not in their one canonical form."))
    return sealed


def _read(data: bytes) -> SealedAnswers:
    if len(data) > MOST_BYTES:
        raise AnswersError(sentence("These answers are longer than any form allows."))
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise AnswersError(sentence("These answers are not JSON.")) from error
    if not isinstance(found, dict) or found.keys() != KEYS:
        raise AnswersError(sentence("These answers do not have the five parts they must have."))
    answers = found["answers"]
    if not isinstance(answers, dict):
        raise AnswersError(sentence("These answers do not have the five parts they must have."))
    return SealedAnswers(
        profile=_name(found["profile"]),
        version=_version(found["version"]),
        section=_name(found["section"]),
        language=_language(found["language"]),
        answers={_name(name): _answer(answer) for name, answer in answers.items()},
    )


def _plain(answer: Answer) -> Any:
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        return {name: _plain(one) for name, one in answer.items()}
    return [_plain(one) for one in answer]


def _name(value: object) -> str:
    if isinstance(value, str) and len(value) <= 64 and NAME.match(value):
        return value
    raise AnswersError(sentence("These answers carry a name that no part or question can have."))


def _version(value: object) -> int:
    # bool is an int to Python, and JSON's true must not pass for version 1.
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 1_000_000:
        return value
    raise AnswersError(sentence("These answers carry a version that no procedure can have."))


def _language(value: object) -> str:
    if isinstance(value, str) and value in LANGUAGES:
        return value
    raise AnswersError(sentence("The language of these answers is none of ours."))


def _answer(value: object) -> Answer:
    """Words, choices, the parts of one answer, or the entries of a list; docs/spec/questionnaire.md."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return tuple({_name(name): _entry(answer) for name, answer in one.items()} for one in value)
    return _entry(value)


def _entry(value: object) -> Answer:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return {_name(name): words for name, words in value.items()}
    raise AnswersError(sentence("An answer is in none of the forms that a question can have."))
