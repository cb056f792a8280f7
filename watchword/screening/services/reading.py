# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what screening works on, through the one door; every opening is in the ledger first."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.rules.judged import VERDICTS, Verdict
from watchword.cases.services import open_section
from watchword.core.refusals import Sentence
from watchword.core.screening.record import Person
from watchword.screening import rules, selectors, sheet, shelf
from watchword.screening.applicant import person_of
from watchword.screening.judgement import Judgement
from watchword.screening.models import HitJudgement
from watchword.screening.selectors import HitRow, Matter
from watchword.screening.sheet import Sheet
from watchword.vault.opening import open_record

PURPOSE, RUN = "screening", "screening-run"
"""Under which the ledger records these openings; what a comparison opens is shown to nobody."""


@dataclass(frozen=True)
class JudgementRow:
    """One judgement in words. ``second``: it answered another; ``older``: about what the hit was before."""

    uid: str
    who: str
    at: datetime
    verdict: Sentence
    reason: str
    second: bool
    older: bool


@dataclass(frozen=True)
class OpenedHit:
    """A hit with everything that was ever said of it; lives as long as one answer to a request."""

    row: HitRow
    sheet: Sheet
    judgements: tuple[JudgementRow, ...]

    @property
    def newest(self) -> str:
        """The last judgement of the hit as it is now, or the hit itself: what another judgement answers."""
        now = [one.uid for one in self.judgements if not one.older]
        return now[-1] if now else self.row.record


def open_hit(hit_uid: str, *, actor: Actor, now: datetime) -> OpenedHit:
    """Both records, the comparison, and the judgements with their reasons, oldest first."""
    row, _ = selectors.hit_row(hit_uid, viewer=actor)
    opened = sheet.decode(open_record(row.record, actor=actor, purpose=PURPOSE, now=now))
    made = list(HitJudgement.objects.filter(hit=hit_uid).order_by("record__revision"))
    staff = names({one.staff_id for one in made})
    said = tuple(_judgement(one, row.record, staff, actor, now) for one in made)
    return OpenedHit(row, opened, said)


def open_applicant(one: Matter, *, actor: Actor, now: datetime) -> Person:
    """Who the applicant says to be, newest answers; WrongState when nothing of it could be compared."""
    rules.check_may_screen(actor, one.standing, one.readers, one.progress.identity)
    answers = open_section(case_uid=one.uid, section=rules.SECTION, actor=actor, purpose=RUN, now=now)
    person = person_of(answers)
    shelf.check_readable(person)
    return person


def open_sheets(one: Matter, lists: set[str], *, actor: Actor, now: datetime) -> dict[str, Sheet]:
    """The hits that the case has on these lists, by their uids: so that they are recognised."""
    return {
        hit.uid: sheet.decode(open_record(hit.record_id, actor=actor, purpose=RUN, now=now))
        for hit in one.hits
        if hit.list_id in lists
    }


def _judgement(
    one: HitJudgement, present: str, staff: dict[str, str], actor: Actor, now: datetime
) -> JudgementRow:
    payload = open_record(one.record_id, actor=actor, purpose=PURPOSE, now=now)
    said = Judgement.decode(payload, expected=one.action_hash)
    return JudgementRow(
        uid=one.uid,
        who=staff.get(one.staff_id, ""),
        at=one.at,
        verdict=VERDICTS[Verdict(one.verdict)],
        reason=said.reason,
        second=one.confirms_id is not None,
        older=one.about_id != present,
    )
