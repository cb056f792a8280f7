# SPDX-License-Identifier: AGPL-3.0-or-later
"""One release as one person may see it: what is asked, who answered, and why something is not open."""

from dataclasses import dataclass
from datetime import date, datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.rules import check_not_recused
from watchword.core.procedure import Text
from watchword.core.refusals import Sentence
from watchword.custody import rules
from watchword.custody.models import Release
from watchword.custody.rules import GLASS_WORDS, STATES, State, seat_of
from watchword.custody.selectors.finding import to_answer
from watchword.custody.selectors.matter import Matter, matter


@dataclass(frozen=True)
class AnswerRow:
    """What one custodian answered."""

    seat: Text | str
    who: str
    gave: bool
    at: datetime


@dataclass(frozen=True)
class ReleaseRow:
    """One release in codes, without its words; ``missing`` is how many shares it still takes."""

    uid: str
    code: str
    glass: bool
    elements: tuple[Text | str, ...]
    serves: Text | Sentence | str
    by: str
    mine: bool
    at: datetime
    until: datetime
    told: date | None
    state: State
    state_words: Sentence
    given: int
    needed: int
    seats: int
    answers: tuple[AnswerRow, ...]
    action_hash: str
    reviewed_by: str
    why_not_answer: Sentence | None
    why_not_open: Sentence | None
    why_not_end: Sentence | None
    why_not_review: Sentence | None

    @property
    def refusals(self) -> int:
        """How many custodians refused."""
        return sum(not answer.gave for answer in self.answers)

    @property
    def waits(self) -> bool:
        """Whether custodians can still answer."""
        return self.state in (State.WAITING, State.OPEN)


def row_of(release: Release, *, viewer: Actor, now: datetime) -> ReleaseRow:
    """The row; the caller has asked who may see it."""
    one, facts = matter(release.case), release.facts()
    state, ties = facts.state(now), one.standing.ties
    answers = sorted(release.answers.all(), key=lambda answer: answer.number)
    staff = names({answer.staff_id for answer in answers} | {release.reviewed_by_id or ""})
    return ReleaseRow(
        uid=release.uid,
        code=one.code,
        glass=release.glass,
        elements=tuple(_title(one, name) for name in release.elements),
        serves=GLASS_WORDS if release.glass else one.checks.get(release.serves, release.serves),
        by=release.asked_by.name,
        mine=release.asked_by_id == viewer.id,
        at=release.at,
        until=release.until,
        told=release.told,
        state=state,
        state_words=STATES[state],
        given=len(facts.given),
        needed=release.needed,
        seats=release.seats,
        answers=tuple(
            AnswerRow(seat_title(one, answer.seat), staff.get(answer.staff_id, ""), answer.gave, answer.at)
            for answer in answers
        ),
        action_hash=release.action_hash,
        reviewed_by=staff.get(release.reviewed_by_id or "", ""),
        why_not_answer=rules.why_not_answer(viewer, facts, ties, seat=seat_of(viewer), now=now),
        why_not_open=rules.why_not_open(viewer, facts, ties, now),
        why_not_end=rules.why_not_end(viewer, facts, now),
        why_not_review=rules.why_not_review(viewer, facts, now),
    )


def row_to_answer(release_uid: str, *, viewer: Actor, now: datetime) -> ReleaseRow:
    """The row of a release, for a custodian without a tie."""
    release = to_answer(release_uid, viewer=viewer)
    check_not_recused(viewer, matter(release.case).standing.ties)
    return row_of(release, viewer=viewer, now=now)


def seat_title(one: Matter, seat: str) -> Text | str:
    """What the holder of a seat is called in the procedure of this case."""
    custody = one.profile.custody
    return custody.seat_title(seat) if custody and seat in custody.seats else seat


def _title(one: Matter, compartment: str) -> Text | str:
    known = one.profile.compartments.get(compartment)
    return known.title if known else compartment
