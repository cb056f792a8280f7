# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hands the result of screening over to vetting, as an item of evidence in the officer's own words."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.rules.judged import Verdict
from watchword.cases.services.locking import locked
from watchword.screening import rules, selectors
from watchword.screening.models import HandOver
from watchword.screening.rules import EVIDENCE_KIND
from watchword.vetting import services as vetting


@transaction.atomic
def hand_over(*, case_uid: str, actor: Actor, now: datetime, **written: str) -> HandOver:
    """Record the item of evidence; ``written``: everything of it but its kind and its result.

    The result follows from the judgements and is no matter of choice. Vetting reads no name unless the
    officer writes one.
    """
    now = minute(now)
    locked(case_uid)
    one = selectors.matter(case_uid, viewer=actor)
    rules.check_may_tell(actor, one.standing, one.readers, one.step)
    item = vetting.add_evidence(
        case_uid=case_uid,
        kind=EVIDENCE_KIND,
        result=rules.result([Verdict(hit.outcome) for hit in one.hits]),
        actor=actor,
        now=now,
        **written,
    )
    told = selectors.told_hash(one.progress.identity, one.hits)
    return HandOver.objects.create(case_id=case_uid, evidence=item, told=told, by_id=actor.id, at=now)
