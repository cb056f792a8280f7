# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes down what somebody outside asks, under a number, and destroys it when its time is over."""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases.rules import minute
from watchword.cases.rules.case import ALPHABET
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.protection import rules, selectors
from watchword.protection.models import Enquiry
from watchword.protection.sealed import Question
from watchword.vault import services as vault

RECORD_KIND = "enquiry"


@transaction.atomic
def take(*, way: str, asker: str, question: Question, actor: Actor, now: datetime) -> Enquiry:
    """Seal what was asked. Nothing here looks at any case, so the answer cannot depend on one."""
    check_has(actor, Permission.ENQUIRY_TAKE)
    if way not in rules.WAYS or asker not in rules.ASKERS:
        raise WrongState(sentence("Say how somebody asked, and who they say to be."))
    uid, now = random_bytes(16).hex(), minute(now)
    lodged = vault.seal_record(
        case=uid,
        compartment=rules.COMPARTMENT,
        kind=RECORD_KIND,
        payload=question.encode(),
        signer=actor.signer,
        now=now,
        readers=sorted(selectors.readers()),
    )
    enquiry = Enquiry.objects.create(
        uid=uid, number=_number(), way=way, asker=asker, taken_by_id=actor.id, at=now, record=lodged
    )
    record(Event.ENQUIRY_TAKE, signer=actor.signer, case=uid, payload={"way": way, "asker": asker}, at=now)
    return enquiry


@transaction.atomic
def destroy(*, enquiry_uid: str, actor: Actor, now: datetime) -> Enquiry:
    """A custodian destroys what was written down and what was found; that somebody asked is kept."""
    found = selectors.enquiry_of(enquiry_uid, viewer=actor)
    enquiry = Enquiry.objects.select_for_update().get(pk=found.pk)
    rules.check_may_read(actor, enquiry.facts())
    return _destroyed(enquiry, actor, minute(now))


def destroy_old(*, actor: Actor, now: datetime) -> int:
    """The job: every enquiry that was kept for its time; how many there were."""
    now = minute(now)
    due = selectors.old_enquiries(now)
    for uid in due:
        with transaction.atomic():
            enquiry = Enquiry.objects.select_for_update().get(pk=uid)
            if enquiry.destroyed_at is None:
                _destroyed(enquiry, actor, now)
    return len(due)


def _destroyed(enquiry: Enquiry, actor: Actor, now: datetime) -> Enquiry:
    vault.erase(case=enquiry.uid)
    enquiry.destroyed_at = now
    enquiry.save(update_fields=["destroyed_at"])
    record(Event.ENQUIRY_END, signer=actor.signer, case=enquiry.uid, payload={}, at=now)
    return enquiry


def _number() -> str:
    """A number such as RQ-7F3K-29: by lot, for numbers in order would tell how often we are asked."""
    entropy = random_bytes(8)
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in entropy[:6])
    return f"RQ-{letters[:4]}-{letters[4:]}"
