# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two applications: what people found of them, and both names where custodians released both."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.rules.judged import VERDICTS
from watchword.core.refusals import Sentence, WrongState
from watchword.custody.rules import State
from watchword.matching import rules, selectors
from watchword.matching.selectors import LinkRow, Pair, Said
from watchword.screening.comparison import Comparison
from watchword.screening.rules import EVIDENCE_KIND
from watchword.screening.selectors import matter, names_asked_for
from watchword.screening.services.sides import NOT_RELEASED, beside, released
from watchword.vault import usual
from watchword.vault.opening import open_record

PURPOSE = "matching"
"""Under which the ledger records these openings."""


@dataclass(frozen=True)
class PairJudgement:
    """One judgement in words. ``second``: it answered another."""

    who: str
    at: datetime
    verdict: Sentence
    reason: str
    second: bool


@dataclass(frozen=True)
class OpenedPair:
    """What agrees, and what was ever said of the two; lives as long as one answer to a request.

    ``names``: for each of the two codes, where this person's request for its names stands.
    """

    pair: Pair
    row: LinkRow
    code: str
    other: str
    judgements: tuple[PairJudgement, ...]
    names: tuple[tuple[str, State | None], ...]
    why_not_judge: Sentence | None
    why_not_second: Sentence | None

    @property
    def both_released(self) -> bool:
        """Whether the two can be laid side by side."""
        return all(state is State.OPEN for _, state in self.names)


def open_pair(link_uid: str, code: str, *, actor: Actor, now: datetime) -> OpenedPair:
    """The two of them, this case first; every opening is in the ledger before this returns."""
    pair, other_uid, other = _pair(link_uid, code, actor)
    own_uid, _ = pair.beside(other)
    said = selectors.said(link_uid)
    staff = names({one.staff for one in said})
    return OpenedPair(
        pair=pair,
        row=next(row for row in selectors.page(code, viewer=actor).rows if row.uid == link_uid),
        code=code,
        other=other,
        judgements=tuple(_judgement(one, staff, actor, now) for one in said),
        names=(
            (code, names_asked_for(own_uid, viewer=actor, now=now)),
            (other, names_asked_for(other_uid, viewer=actor, now=now)),
        ),
        why_not_judge=rules.why_not_judge(actor, pair.standings, pair.readers, pair.link),
        why_not_second=rules.why_not_second(actor, pair.standings, pair.readers, pair.link),
    )


def open_both(link_uid: str, code: str, *, actor: Actor, now: datetime) -> Comparison:
    """Both applicants beside each other, this case first; WrongState unless both names were released."""
    pair, other_uid, other = _pair(link_uid, code, actor)
    both = [matter(uid, viewer=actor) for uid in (pair.beside(other)[0], other_uid)]
    # Before either is opened: one name alone helps nobody here.
    if not all(names_asked_for(one.uid, viewer=actor, now=now) is State.OPEN for one in both):
        raise WrongState(NOT_RELEASED)
    # Two cases, one after the other: whoever goes beyond what is usual says why once, and for both.
    records = [one.progress.identity for one in both if one.progress.identity]
    usual.check_first(records, actor=actor, purpose=EVIDENCE_KIND, now=now)
    left, right = (released(one, actor=actor, now=now).person for one in both)
    return beside(left, right)


def _pair(link_uid: str, code: str, actor: Actor) -> tuple[Pair, str, str]:
    pair = selectors.pair(link_uid, viewer=actor)
    selectors.check_in_case(pair, code)
    rules.check_may_compare(actor, pair.standings, pair.readers)
    return pair, *pair.beside(code)


def _judgement(one: Said, staff: dict[str, str], actor: Actor, now: datetime) -> PairJudgement:
    told = one.decoded(open_record(one.record, actor=actor, purpose=PURPOSE, now=now))
    return PairJudgement(staff.get(one.staff, ""), one.at, VERDICTS[told.verdict], told.reason, one.second)
