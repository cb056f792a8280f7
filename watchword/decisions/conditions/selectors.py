# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conditions of a case and their reviews; nothing here opens anything."""

from dataclasses import dataclass
from datetime import date, datetime

from watchword.accounts.selectors import names
from watchword.core.procedure import Profile
from watchword.core.refusals import Sentence
from watchword.decisions.conditions.rules import WORDS, Conditions, Finding
from watchword.decisions.models import Decision, Review
from watchword.profiles import known


@dataclass(frozen=True)
class ReviewRow:
    """One review; what was seen lies sealed in ``record``."""

    uid: str
    by: str
    at: datetime
    finding: Sentence
    until: date | None


def conditional_decision(case_uid: str, profile: Profile) -> Decision | None:
    """The newest decision of the case, if it set conditions."""
    last = Decision.objects.filter(case=case_uid).order_by("proposal__round").last()
    if last is None:
        return None
    letter = known(profile, lambda version: version.letter(version.outcome(last.outcome).letter))
    return last if "conditions" in letter.gaps else None


def conditions_of(case_uid: str, profile: Profile) -> Conditions | None:
    """The conditions that hold in this case, or held; None when its newest decision set none."""
    decision = conditional_decision(case_uid, profile)
    if decision is None:
        return None
    last = decision.reviews.order_by("number").last()
    return Conditions(last.until, Finding(last.finding)) if last else Conditions(decision.until)


def reviews_of(case_uid: str) -> tuple[ReviewRow, ...]:
    """Every review in this case, newest first."""
    rows = list(Review.objects.filter(case=case_uid).order_by("-at", "-number", "uid"))
    staff = names(one.by_id for one in rows)
    return tuple(
        ReviewRow(one.uid, staff.get(one.by_id, ""), one.at, WORDS[Finding(one.finding)], one.until)
        for one in rows
    )
