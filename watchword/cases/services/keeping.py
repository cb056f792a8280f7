# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works on a case: its keeper, colleagues asked in, ties that keep people out, who recorded what."""

from datetime import datetime

from django.db import transaction

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Colleague, EvidenceMark, Tie
from watchword.cases.selectors.facts import recorded_kinds
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.visibility import find_for_custodian
from watchword.cases.services.handing import end_offers_of
from watchword.cases.services.locking import locked
from watchword.core.procedure import check_may_record
from watchword.core.refusals import WrongState, sentence
from watchword.journal.events import Event
from watchword.journal.services import record


@transaction.atomic
def assign_keeper(*, case_uid: str, staff_id: str, actor: Actor, now: datetime) -> Case:
    """Give a case that nobody keeps to somebody of vetting."""
    now = rules.minute(now)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    rules.check_may_keep(actor, case.standing(), staff_id=staff_id, staff_roles=accounts.roles_of(staff_id))
    case.keeper_id = staff_id
    _changed(case)
    _record_keeper(case, {"keeper": staff_id}, actor, now)
    return case


@transaction.atomic
def ask_colleague(*, case_uid: str, staff_id: str, actor: Actor, now: datetime) -> None:
    """Let one more person of vetting see this case and work on it."""
    now = rules.minute(now)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    rules.check_may_ask(actor, case.standing(), staff_id=staff_id, staff_roles=accounts.roles_of(staff_id))
    Colleague.objects.create(case=case, staff_id=staff_id, at=now)
    _record_keeper(case, {"colleague": staff_id}, actor, now)


@transaction.atomic
def declare_tie(*, case_uid: str, kind: str, actor: Actor, now: datetime) -> None:
    """Recuse oneself for good. Whoever kept the case keeps it no longer, and it waits for another keeper."""
    now = rules.minute(now)
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    _tied(case, kind, actor, now)


@transaction.atomic
def declare_tie_from_seat(*, code: str, kind: str, actor: Actor, now: datetime) -> None:
    """The same of a custodian, who knows of no case but by its code; from then on there is none for them."""
    found = find_for_custodian(code, viewer=actor)
    _tied(locked(found.uid), kind, actor, rules.minute(now))


def note_evidence(*, case_uid: str, kind: str, actor: Actor, now: datetime) -> None:
    """Count evidence that vetting records in the same transaction, which also holds its ledger entry.

    Law 3 is checked again here, with the case locked: two windows of one person must not slip past it.
    """
    case = locked(case_uid)
    profile = profile_of(case)
    chosen = profile.evidence_kind(kind)
    rules.check_leads(case.standing())
    kinds = recorded_kinds(case.uid, staff_id=actor.id)
    recorded = [one for one in profile.evidence_kinds if one.id in kinds]
    rules.check_acts_as(actor, case.standing(), chosen.recorded_by)
    check_may_record(chosen, actor.roles, recorded, [profile.role(one).title for one in chosen.recorded_by])
    EvidenceMark.objects.create(case=case, kind=kind, staff_id=actor.id, at=rules.minute(now))


def _tied(case: Case, kind: str, actor: Actor, now: datetime) -> None:
    rules.check_may_declare_tie(actor, case.standing())
    if kind not in rules.TIE_KINDS:
        raise WrongState(sentence("Choose what kind of tie it is."))
    Tie.objects.create(case=case, staff_id=actor.id, kind=kind, at=now)
    case.colleagues.filter(staff_id=actor.id).delete()
    end_offers_of(case, actor=actor, now=now)
    if case.keeper_id == actor.id:
        case.keeper = None
    _changed(case)
    record(Event.CASE_TIE, signer=actor.signer, case=case.uid, payload={"kind": kind}, at=now)


def _record_keeper(case: Case, payload: dict[str, str], actor: Actor, now: datetime) -> None:
    record(Event.CASE_KEEPER, signer=actor.signer, case=case.uid, payload=payload, at=now)


def _changed(case: Case) -> None:
    case.version += 1
    case.save(update_fields=["keeper", "version"])
