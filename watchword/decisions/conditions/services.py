# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reviews conditions: recorded with a sealed sentence, and the outcome stays what the board decided."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import minute
from watchword.cases.services.locking import locked
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.decisions import selectors
from watchword.decisions.conditions import rules
from watchword.decisions.conditions.rules import Said
from watchword.decisions.conditions.selectors import conditional_decision, conditions_of
from watchword.decisions.models import Review
from watchword.decisions.rules import COMPARTMENT, check_may_read
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import services as vault
from watchword.vault.opening import open_record

TO_READ = "decision-read"


@transaction.atomic
def review(*, case_uid: str, said: Said, actor: Actor, now: datetime) -> Review:
    """Say what became of the conditions. A breach lets the board be asked; it moves nothing by itself."""
    now = minute(now)
    locked(case_uid)
    table = selectors.board(case_uid, viewer=actor, now=now)
    decision = conditional_decision(case_uid, table.profile)
    rules.check_may_review(actor, table.matter, table.profile, conditions_of(case_uid, table.profile))
    assert decision is not None  # the rule above refuses where there are no conditions
    if table.pending is not None:
        raise WrongState(sentence("There is a proposal in this case already; it must come to its end first."))
    rules.check_review(actor, table.profile, said, now.date())
    sealed = vault.seal_record(
        case=case_uid,
        compartment=COMPARTMENT,
        kind="review",
        payload=said.words.strip().encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(table.profile.compartment(COMPARTMENT).readers),
    )
    made = Review.objects.create(
        uid=random_bytes(16).hex(),
        case_id=case_uid,
        decision_id=decision.uid,
        number=decision.reviews.count() + 1,
        finding=said.finding,
        by_id=actor.id,
        at=now,
        record_id=sealed.uid,
        until=said.until,
    )
    payload = {"review": made.uid, "finding": said.finding.value}
    record(Event.CONDITION_REVIEW, signer=actor.signer, case=case_uid, payload=payload, at=now)
    return made


def read(*, case_uid: str, review_uid: str, actor: Actor, now: datetime) -> str:
    """What was seen, for whoever reads decisions; the opening is recorded first."""
    table = selectors.board(case_uid, viewer=actor, now=now)
    check_may_read(actor, table.matter, table.profile)
    found = Review.objects.filter(pk=review_uid, case=case_uid).first()
    if found is None:
        raise NotFound(sentence("There is no such review."))
    return open_record(found.record_id, actor=actor, purpose=TO_READ, now=now).decode()
