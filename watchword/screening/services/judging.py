# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people make of a hit: the first judgement, and the second person's where one is needed."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.rules.judged import Judging, Verdict, check_judgement
from watchword.cases.services.locking import locked
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.screening import rules, selectors
from watchword.screening.judgement import Judgement
from watchword.screening.models import Hit, HitJudgement
from watchword.screening.rules import COMPARTMENT
from watchword.screening.selectors import Matter
from watchword.vault import services as vault

RECORD_KIND = "screening-judgement"


@transaction.atomic
def judge(
    *, hit_uid: str, verdict: Verdict, reason: str, seen: str, actor: Actor, now: datetime
) -> HitJudgement:
    """Say what a hit is; "same" waits for a second person. ``seen``: the newest that the page showed."""
    now = minute(now)
    hit, one = _locked_hit(hit_uid, actor, now)
    rules.check_may_judge(actor, one.standing, one.readers, hit.facts())
    check_judgement(reason, seen=seen, present=_newest(hit))
    made = _keep(_said(hit, verdict, reason), one, actor=actor, now=now)
    is_same = verdict is Verdict.SAME
    hit.state = Judging.SECOND if is_same else Judging.JUDGED
    hit.outcome = "" if is_same else verdict
    hit.judged_by_id, hit.seconded_by = actor.id, None
    _save(hit)
    _record(Event.SCREENING_JUDGE, hit, made.action_hash, actor, now)
    return made


@transaction.atomic
def second(
    *, hit_uid: str, verdict: Verdict, reason: str, seen: str, actor: Actor, now: datetime
) -> HitJudgement:
    """The second person's own judgement. ``seen``: the first one's uid.

    Where both find the same person, the hit is judged; where they differ, it opens again with both reasons.
    """
    now = minute(now)
    hit, one = _locked_hit(hit_uid, actor, now)
    rules.check_may_second(actor, one.standing, one.readers, hit.facts())
    first = hit.judgements.filter(about=hit.record_id, confirms=None).order_by("-record__revision").first()
    if first is None or first.staff_id != hit.judged_by_id:
        raise WrongState(sentence("No judgement waits here for a second person."))
    check_judgement(reason, seen=seen, present=first.uid)
    made = _keep(_said(hit, verdict, reason), one, actor=actor, now=now, confirms=first)
    if verdict is Verdict.SAME:
        hit.state, hit.outcome, hit.seconded_by_id = Judging.JUDGED, verdict, actor.id
    else:
        hit.state, hit.outcome, hit.judged_by = Judging.OPEN, "", None
    _save(hit)
    _record(Event.SCREENING_SECOND, hit, first.action_hash, actor, now)
    return made


def _locked_hit(hit_uid: str, actor: Actor, now: datetime) -> tuple[Hit, Matter]:
    """The case first, then the hit: every service takes the two locks in this order."""
    row, _ = selectors.hit_row(hit_uid, viewer=actor, now=now)
    locked(row.case)
    one = selectors.matter(row.case, viewer=actor)
    return Hit.objects.select_for_update().get(pk=hit_uid), one


def _newest(hit: Hit) -> str:
    """The last judgement of the hit as it is now, or the hit itself: of two at once, one reads the other."""
    made = hit.judgements.filter(about=hit.record_id).order_by("-record__revision").first()
    return made.uid if made else hit.record_id


def _said(hit: Hit, verdict: Verdict, reason: str) -> Judgement:
    return Judgement(
        case=hit.case_id,
        hit=hit.uid,
        about=hit.record_id,
        verdict=verdict,
        reason=reason.strip(),
        salt=random_bytes(16).hex(),
    )


def _keep(
    said: Judgement, one: Matter, *, actor: Actor, now: datetime, confirms: HitJudgement | None = None
) -> HitJudgement:
    sealed = vault.seal_record(
        case=one.uid,
        compartment=COMPARTMENT,
        kind=RECORD_KIND,
        payload=said.encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(one.readers),
    )
    return HitJudgement.objects.create(
        uid=random_bytes(16).hex(),
        hit_id=said.hit,
        staff_id=actor.id,
        verdict=said.verdict,
        record_id=sealed.uid,
        about_id=said.about,
        action_hash=said.hash,
        confirms=confirms,
        at=now,
    )


def _save(hit: Hit) -> None:
    hit.save(update_fields=["state", "outcome", "judged_by", "seconded_by"])


def _record(event: Event, hit: Hit, action: str, actor: Actor, now: datetime) -> None:
    """The second person's entry carries the hash of the first one's judgement: a verifier pairs the two."""
    record(
        event,
        signer=actor.signer,
        case=hit.case_id,
        payload={"hit": hit.uid, "list": hit.list_id},
        at=now,
        public={"action": bytes.fromhex(action)},
    )
