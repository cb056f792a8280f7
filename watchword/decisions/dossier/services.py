# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dossier is asked for, signed, taken or dropped; each with its ledger entry in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases.rules import check_may_open, minute
from watchword.cases.services.locking import locked
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.decisions.dossier import rules, selectors
from watchword.decisions.dossier.rules import State
from watchword.decisions.dossier.selectors import File
from watchword.decisions.models import Dossier
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def ask(
    *,
    case_uid: str,
    compartments: Sequence[str],
    purpose: str,
    seen: Sequence[str],
    actor: Actor,
    now: datetime,
) -> Dossier:
    """Ask that these compartments may leave on paper; ``seen``: the records that the preview showed."""
    case = _locked(case_uid, actor)
    rules.check_may_ask(actor, case.ties, pending=selectors.pending(case_uid) is not None)
    check_parts(case, compartments, actor)
    if purpose not in rules.PURPOSES:
        raise WrongState(sentence("Say what the dossier is for."))
    records = selectors.records_in(case, compartments)
    rules.check_same("".join(records), "".join(seen))
    dossier = Dossier(
        uid=random_bytes(16).hex(),
        case_id=case_uid,
        compartments=sorted(compartments),
        purpose=purpose,
        records=len(records),
        asked_by_id=actor.id,
        at=minute(now),
        salt=random_bytes(16).hex(),
    )
    dossier.action_hash = action_now(dossier, case)
    dossier.save(force_insert=True)
    _record(Event.EXPORT_ASK, dossier, actor, now)
    return dossier


@transaction.atomic
def sign(*, case_uid: str, seen: str, actor: Actor, now: datetime) -> Dossier:
    """The second person lets exactly this leave, confirmed just then."""
    case = _locked(case_uid, actor)
    dossier = selectors.waiting_dossier(case_uid)
    rules.check_may_sign(actor, case.ties, dossier.facts())
    rules.check_same(dossier.action_hash, seen)
    rules.check_same(dossier.action_hash, action_now(dossier, case))
    dossier.state, dossier.signed_by_id, dossier.signed_at = State.SIGNED, actor.id, minute(now)
    dossier.save()
    _record(Event.EXPORT, dossier, actor, now)
    return dossier


@transaction.atomic
def take(*, case_uid: str, actor: Actor, now: datetime) -> Dossier:
    """It is taken, once. What was opened for it was opened before, and is handed over only after this."""
    case = _locked(case_uid, actor)
    dossier = check_takes(case, actor, now)
    dossier.state, dossier.taken_at = State.TAKEN, minute(now)
    dossier.save()
    _record(Event.EXPORT_TAKE, dossier, actor, now)
    return dossier


@transaction.atomic
def drop(*, case_uid: str, actor: Actor, now: datetime) -> Dossier:
    """Nothing leaves."""
    case = _locked(case_uid, actor)
    dossier = selectors.waiting_dossier(case_uid)
    rules.check_may_drop(actor, case.ties, dossier.facts())
    dossier.state = State.DROPPED
    dossier.save()
    _record(Event.EXPORT_DROP, dossier, actor, now)
    return dossier


def check_takes(case: File, actor: Actor, now: datetime) -> Dossier:
    """The dossier that this person may take now: signed, still readable to them, and nothing added since."""
    dossier = selectors.waiting_dossier(case.uid)
    rules.check_may_take(actor, case.ties, dossier.facts(), now)
    check_parts(case, dossier.compartments, actor)
    rules.check_same(dossier.action_hash, action_now(dossier, case))
    return dossier


def check_parts(case: File, compartments: Sequence[str], actor: Actor) -> None:
    """Only what this very person may open; at least one, and something in it."""
    for one in compartments:
        check_may_open(actor, case.standing, case.profile.compartment(one).readers)
    if not selectors.records_in(case, compartments):
        raise WrongState(sentence("Choose at least one compartment that holds something."))


def action_now(dossier: Dossier, case: File) -> str:
    """The hash of the dossier as the case stands now."""
    return rules.action(
        case=dossier.case_id,
        asked_by=dossier.asked_by_id,
        purpose=dossier.purpose,
        compartments=dossier.compartments,
        records=selectors.records_in(case, dossier.compartments),
        salt=dossier.salt,
    )


def _locked(case_uid: str, actor: Actor) -> File:
    locked(case_uid)
    return selectors.file_of(case_uid, viewer=actor)


def _record(event: Event, dossier: Dossier, actor: Actor, now: datetime) -> None:
    record(
        event,
        signer=actor.signer,
        case=dossier.case_id,
        payload={"dossier": dossier.uid, "records": dossier.records},
        at=minute(now),
        public={"action": bytes.fromhex(dossier.action_hash)},
        proof=actor.proof,
    )
