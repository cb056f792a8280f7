# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the applicant waits for, and for how long: the one person here who cannot look into the file."""

from datetime import date, datetime

from watchword.cases.models import Case
from watchword.cases.rules import Standing
from watchword.core.refusals import Sentence, counted, sentence


def applicant_waits(case: Case, standing: Standing, *, today: date) -> Sentence | None:
    """Whose turn it is, in a sentence; None once the case is closed."""
    if standing.closed:
        return None
    letters = sorted(case.letters.all(), key=lambda one: (one.at, one.number))
    asked = [one.at for one in letters if one.needs_answer and one.answered_at is None]
    written = [one.at for one in letters if one.direction == "in"]
    sent = [one.at for one in letters if one.direction == "out"]
    if asked:
        return _asked(_days(asked[0], today))
    if written and (not sent or written[-1] >= sent[-1]):
        return _wrote(_days(written[-1], today))
    if not sent:
        return _heard_nothing(_days(case.received, today))
    return _heard(_days(max(sent[-1], case.stage_since), today))


def _days(since: datetime, today: date) -> int:
    return max(0, (today - since.date()).days)


def _asked(days: int) -> Sentence:
    if not days:
        return sentence("has had a question of ours since today")
    return counted(
        "has had a question of ours for %(days)s day",
        "has had a question of ours for %(days)s days",
        days,
        days=days,
    )


def _wrote(days: int) -> Sentence:
    if not days:
        return sentence("wrote today and waits for an answer")
    return counted(
        "has waited for an answer for %(days)s day",
        "has waited for an answer for %(days)s days",
        days,
        days=days,
    )


def _heard_nothing(days: int) -> Sentence:
    if not days:
        return sentence("applied today and waits for our first letter")
    return counted(
        "has waited for our first letter for %(days)s day",
        "has waited for our first letter for %(days)s days",
        days,
        days=days,
    )


def _heard(days: int) -> Sentence:
    if not days:
        return sentence("heard from us today")
    return counted(
        "last heard from us %(days)s day ago",
        "last heard from us %(days)s days ago",
        days,
        days=days,
    )
