# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens what was found and judged, through the one door; every opening is in the ledger first."""

from dataclasses import dataclass
from datetime import datetime

from watchword.accounts.rules import Actor
from watchword.accounts.selectors import names
from watchword.cases.rules.judged import VERDICTS, Verdict
from watchword.core.refusals import Sentence
from watchword.screening import selectors, sheet
from watchword.screening.judgement import Judgement
from watchword.screening.models import HitJudgement
from watchword.screening.selectors import HitRow
from watchword.screening.sheet import Sheet
from watchword.vault.opening import open_record

PURPOSE = "screening"
"""Under which the ledger records these openings."""


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
    """What agrees and differs, and the judgements with their reasons, oldest first."""
    row, _ = selectors.hit_row(hit_uid, viewer=actor, now=now)
    opened = sheet.decode(open_record(row.record, actor=actor, purpose=PURPOSE, now=now))
    made = list(HitJudgement.objects.filter(hit=hit_uid).order_by("record__revision"))
    staff = names({one.staff_id for one in made})
    said = tuple(_judgement(one, row.record, staff, actor, now) for one in made)
    return OpenedHit(row, opened, said)


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
