# SPDX-License-Identifier: AGPL-3.0-or-later
"""Says in words when a question is asked, and what is to be looked at again in a list of periods."""

from collections.abc import Sequence

from django.utils.translation import gettext

from watchword.core.procedure import periods
from watchword.core.procedure.chronology import Note
from watchword.core.procedure.conditions import Chosen
from watchword.core.procedure.questionnaire import Question
from watchword.core.procedure.readable import choice_words


def condition_hint(question: Question, beside: Sequence[Question], language: str) -> str:
    """Say after which answers this question may be passed over; nothing when it is asked of everybody."""
    condition = question.show_if
    if condition is None:
        return ""
    if len(condition.of) == 1:
        return _one_condition(condition.of[0], beside, language)
    joint = gettext(" and ") if condition.every else gettext(" or ")
    told = joint.join(
        gettext("“%(answer)s” at “%(question)s”") % _told(one, beside, language) for one in condition.of
    )
    return gettext("Only if you chose %(choices)s.") % {"choices": told}


def note_hint(note: Note, language: str) -> str:
    """Say kindly what an order of time shows: nothing of it has to be mended."""
    one, two = (periods.edge_in_words(edge, language) for edge in (note.one, note.two))
    match note.kind:
        case "gap":
            words = gettext("Nothing is written for the time after “%(one)s” and before “%(two)s”.")
        case "start":
            words = gettext("Nothing is written for the time before “%(two)s”.")
        case "end":
            words = gettext("Nothing is written for the time after “%(one)s” until today.")
        case _:
            one, two = (periods.in_words(period, language) for period in (note.one, note.two))
            words = gettext("“%(one)s” and “%(two)s” overlap.")
    return words % {"one": one, "two": two}


def _one_condition(chosen: Chosen, beside: Sequence[Question], language: str) -> str:
    """The shorter way to say it: after which answers it is asked, or after which it is not."""
    earlier = _earlier(chosen, beside)
    passed_at = [
        words.in_language(language) for value, words in choice_words(earlier) if value not in chosen.answers
    ]
    if len(passed_at) >= len(chosen.answers):
        told = _told(chosen, beside, language)
        return gettext("Only if you chose “%(answer)s” at “%(question)s”.") % told
    told = {"answer": " / ".join(passed_at), "question": earlier.label.in_language(language)}
    return gettext("Leave this empty if you chose “%(answer)s” at “%(question)s”.") % told


def _told(chosen: Chosen, beside: Sequence[Question], language: str) -> dict[str, str]:
    earlier = _earlier(chosen, beside)
    asked_at = [
        words.in_language(language) for value, words in choice_words(earlier) if value in chosen.answers
    ]
    return {"answer": " / ".join(asked_at), "question": earlier.label.in_language(language)}


def _earlier(chosen: Chosen, beside: Sequence[Question]) -> Question:
    return next(question for question in beside if question.id == chosen.question)
