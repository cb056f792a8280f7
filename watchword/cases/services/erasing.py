# SPDX-License-Identifier: AGPL-3.0-or-later
"""Destroys what is sealed in an ended case: by hand, from the day on that the profile names, or by a rule.

By hand one person asks and another confirms; after the applicant's own withdrawal one is enough. Whoever
destroys confirms it just then.
"""

from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Outgoing
from watchword.cases.models.agreed import Erasure
from watchword.cases.selectors.erasing import asked_erasure, check_may_erase_now, shredding, was_withdrawn
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.services.locking import locked
from watchword.cases.services.sketches import forget_likeness
from watchword.core.ledger.canonical import JSON, encode_plain
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes, sha256
from watchword.journal.events import Event
from watchword.journal.services import forget, record
from watchword.vault import services as vault


@transaction.atomic
def ask_erasure(*, case_uid: str, actor: Actor, now: datetime) -> None:
    """Say that what is sealed in the case is to go; somebody else must want it, too."""
    now = rules.minute(now)
    case = _ended(case_uid, actor, now)
    if asked_erasure(case):
        raise WrongState(sentence("This waits for a second person already."))
    if was_withdrawn(case):
        raise WrongState(sentence("The applicant has asked for this: nobody else need be asked."))
    Erasure.objects.create(uid=random_bytes(16).hex(), case=case, by_id=actor.id, at=now)
    _record(Event.SHRED_ASK, case, actor, now)


@transaction.atomic
def drop_erasure(*, case_uid: str, actor: Actor, now: datetime) -> None:
    """Keep it: anybody who could erase it may say so, also whoever asked."""
    now = rules.minute(now)
    case = _ended(case_uid, actor, now)
    asked = asked_erasure(case)
    if asked is None:
        raise WrongState(sentence("Nothing waits for a second person here."))
    _end(asked, "dropped", actor, now)
    _record(Event.SHRED_DROP, case, actor, now)


@transaction.atomic
def erase_case(*, case_uid: str, actor: Actor, now: datetime) -> int:
    """Erase every sealed record of the case and the address of its mailbox; how many records there were."""
    now = rules.minute(now)
    case = _ended(case_uid, actor, now)
    asked = asked_erasure(case)
    rules.check_may_shred(actor, asked_by=asked.by_id if asked else None, withdrawn=was_withdrawn(case))
    if asked:
        _end(asked, "confirmed", actor, now)
    count = _destroy_all(case, now)
    _record(Event.SHRED, case, actor, now, records=count)
    forget(case.uid)
    return count


def _ended(case_uid: str, actor: Actor, now: datetime) -> Case:
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    check_may_erase_now(actor, case, now.date())
    return case


def _end(asked: Erasure, outcome: str, actor: Actor, now: datetime) -> None:
    asked.outcome, asked.ended_by_id, asked.ended_at = outcome, actor.id, now
    asked.save(update_fields=["outcome", "ended_by", "ended_at"])


def _record(event: Event, case: Case, actor: Actor, now: datetime, **more: JSON) -> None:
    record(
        event,
        signer=actor.signer,
        case=case.uid,
        payload={"case": case.uid, **more},
        public=shredding(case.uid),
        at=now,
        proof=actor.proof,
    )


@transaction.atomic
def erase_by_rule(*, case_uid: str, rule_id: str, actor: Actor, now: datetime) -> int:
    """Erase what a rule of the case's procedure says, in the Desk's own name; how many records there were."""
    now = rules.minute(now)
    case = locked(case_uid)
    rule = profile_of(case).retention_rule(rule_id)
    ended = case.closed_at.date() if case.closed_at else None
    rules.check_may_erase_by_rule(actor, rule, stage=case.stage, ended=ended, today=now.date())
    count = (
        _destroy_all(case, now) if rule.whole else vault.erase(case=case.uid, compartments=rule.compartments)
    )
    # With chance in it, so that nobody who guesses the case finds it in the ledger. The rule is in the part
    # that only the Desk knows: it tells how a case ended.
    action: dict[str, JSON] = {
        "act": "shred.rule",
        "case": case.uid,
        "rule": rule.id,
        "compartments": list(rule.compartments),
        "records": count,
        "n": random_bytes(16).hex(),
    }
    record(
        Event.SHRED_RULE,
        signer=actor.signer,
        case=case.uid,
        payload=action,
        public={"action": sha256(encode_plain(action))},
        at=now,
    )
    if rule.whole:
        forget(case.uid)
    return count


def _destroy_all(case: Case, now: datetime) -> int:
    count = vault.erase(case=case.uid) + forget_likeness(case.uid)
    Outgoing.objects.filter(case=case).update(sealed=b"", delivered_at=now)
    case.mailbox_recipient = ""
    case.save(update_fields=["mailbox_recipient"])
    return count
