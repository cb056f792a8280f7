# SPDX-License-Identifier: AGPL-3.0-or-later
"""Judges one answer by the type of its question: its clean form, or WrongState with the fault."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from watchword.core.procedure import dates, periods
from watchword.core.procedure.faults import fault
from watchword.core.procedure.parts import TICKED, Part, parts_of
from watchword.core.procedure.periods import ABOUT
from watchword.core.procedure.questionnaire import Question, QuestionType
from watchword.core.procedure.typed import Given, one_form
from watchword.core.refusals import WrongState

# The answer to one question, or empty when nothing was answered. Written words and the id of a choice are
# words; several choices are a tuple of ids in the order of the choices; a place, a person and a document are
# their parts by name, as words; a list is a tuple of entries, each the answers to its questions by id.
Answer: TypeAlias = str | tuple["Answer", ...] | Mapping[str, "Answer"]


def judge(question: Question, given: Given | None) -> Answer:
    """Return the clean answer to ``question``. Raises WrongState with a fault of ``faults``."""
    answer = _JUDGES.get(question.type, _choice)(question, given)
    if question.required and not answer:
        raise WrongState(fault(_MISSING.get(question.type, "choose" if question.values else "write")))
    return answer


def _choice(question: Question, given: Given | None) -> Answer:
    ticked = _ticked(given)
    if ticked.difference(question.values):
        raise WrongState(fault("choose_shown"))
    if question.type is not QuestionType.SEVERAL:
        if len(ticked) > 1:
            raise WrongState(fault("choose_one"))
        return next(iter(ticked), "")
    if len(ticked) > 1 and any(choice.alone and choice.id in ticked for choice in question.choices):
        raise WrongState(fault("contradiction"))
    return tuple(value for value in question.values if value in ticked)


def _text(question: Question, given: Given | None) -> Answer:
    words = _written(given)
    if len(words) > question.max_length:
        raise WrongState(fault("too_long", length=len(words), most=question.max_length))
    if question.type is QuestionType.TEXT and "\n" in words:
        raise WrongState(fault("one_line"))
    return words


def _date(question: Question, given: Given | None) -> Answer:
    """A date in its one spelling, so that whoever compares it need not guess; ``1987~``: about 1987."""
    if isinstance(given, Mapping):
        parts = _parts(question, given)
        words, about = parts.get("date", ""), parts.get("about") == TICKED
        # What is written already as “about” may be sent back as it is.
        given = words if not about or words.endswith(ABOUT) else words + ABOUT
    words = _written(given)
    guessed = question.about and words.endswith(ABOUT)
    words = words.rstrip(ABOUT) if guessed else words
    return dates.one_form(words) + (ABOUT if guessed else "") if words else ""


def _period(question: Question, given: Given | None) -> Answer:
    parts = given if isinstance(given, Mapping) else periods.to_parts(_written(given))
    return periods.from_parts(_parts(question, parts))


def _compound(question: Question, given: Given | None) -> Answer:
    parts = _parts(question, given if isinstance(given, Mapping) else {})
    if parts.get("expiry"):
        parts["expiry"] = dates.one_form(parts["expiry"])
    return {name: parts[name] for name in sorted(parts)}


def _parts(question: Question, given: Mapping[str, Given]) -> dict[str, str]:
    """What was written or chosen in each control, without those left empty."""
    found = {part.name: _part(part, given.get(part.name)) for part in parts_of(question)}
    return {name: words for name, words in found.items() if words}


def _part(part: Part, given: Given | None) -> str:
    words = _written(given)
    if not part.written:
        values = {value for value, _ in part.choices} or {TICKED}
        if words and words not in values:
            raise WrongState(fault("choose_shown"))
    elif "\n" in words:
        raise WrongState(fault("one_line"))
    elif len(words) > part.longest and not part.digits:
        raise WrongState(fault("too_long", length=len(words), most=part.longest))
    return words


def _written(given: Given | None) -> str:
    if given is not None and not isinstance(given, str):
        raise WrongState(fault("write_one"))
    return one_form(given or "")


def _ticked(given: Given | None) -> frozenset[str]:
    """The choices that were ticked; what is no word at all was offered by no form of ours."""
    if isinstance(given, Mapping):
        raise WrongState(fault("choose_shown"))
    ticked = {given} if isinstance(given, str) else set(filter(_is_word, given or ()))
    return frozenset(str(one) for one in ticked if one)


def _is_word(value: Given) -> bool:
    return isinstance(value, str)


_JUDGES: Mapping[QuestionType, Callable[[Question, Given | None], Answer]] = {
    QuestionType.TEXT: _text,
    QuestionType.LONG_TEXT: _text,
    QuestionType.DATE: _date,
    QuestionType.PERIOD: _period,
    QuestionType.PLACE: _compound,
    QuestionType.PERSON: _compound,
    QuestionType.DOCUMENT: _compound,
}
_MISSING = {
    QuestionType.SEVERAL: "choose_some",
    QuestionType.PERIOD: "no_year",
    QuestionType.GROUP: "no_entry",
}
