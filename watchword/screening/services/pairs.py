# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two applications beside each other, both names opened for it: what a link is judged by."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.rules.judged import VERDICTS
from watchword.cases.services import open_section
from watchword.core.refusals import Sentence
from watchword.core.screening.record import Person
from watchword.matching import rules, selectors
from watchword.matching.selectors import Pair, Said
from watchword.screening.applicant import person_of
from watchword.screening.rules import SECTION
from watchword.screening.sheet import Likeness, Sheet
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
    """Both applicants and what was ever said of them; lives as long as one answer to a request."""

    pair: Pair
    code: str
    other: str
    sheet: Sheet
    judgements: tuple[PairJudgement, ...]
    why_not_judge: Sentence | None
    why_not_second: Sentence | None


def open_pair(link_uid: str, code: str, *, actor: Actor, now: datetime) -> OpenedPair:
    """The two of them, this case first; every opening is in the ledger before this returns."""
    pair = selectors.pair(link_uid, viewer=actor)
    selectors.check_in_case(pair, code)
    rules.check_may_compare(actor, pair.standings, pair.readers)
    other_uid, other = pair.beside(code)
    own_uid, _ = pair.beside(other)
    left, right = (_person(uid, actor, now) for uid in (own_uid, other_uid))
    said = selectors.said(link_uid)
    staff = names({one.staff for one in said})
    return OpenedPair(
        pair=pair,
        code=code,
        other=other,
        sheet=_compared(left, right),
        judgements=tuple(_judgement(one, staff, actor, now) for one in said),
        why_not_judge=rules.why_not_judge(actor, pair.standings, pair.readers, pair.link),
        why_not_second=rules.why_not_second(actor, pair.standings, pair.readers, pair.link),
    )


def _person(case_uid: str, actor: Actor, now: datetime) -> Person:
    return person_of(open_section(case_uid=case_uid, section=SECTION, actor=actor, purpose=PURPOSE, now=now))


def _compared(left: Person, right: Person) -> Sheet:
    """The two records with what our comparison says of each of their words; no list stands behind it."""
    # Numbers and kernels load in seconds; the Desk starts without them.
    from watchword.core.screening import compare

    said = compare.explain(left, right)
    findings = (
        Likeness(one.feature, one.left, one.right, float(one.bits), one.reason) for one in said.findings
    )
    return Sheet("", 0, left, right, said.prior_bits, float(said.bits), said.probability, tuple(findings))


def _judgement(one: Said, staff: dict[str, str], actor: Actor, now: datetime) -> PairJudgement:
    told = one.decoded(open_record(one.record, actor=actor, purpose=PURPOSE, now=now))
    return PairJudgement(staff.get(one.staff, ""), one.at, VERDICTS[told.verdict], told.reason, one.second)
