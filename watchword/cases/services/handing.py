# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hands a case from one keeper to another: offered by the one, and only then accepted by the other."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from watchword.accounts import selectors as accounts
from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case, Offer, Tie
from watchword.cases.selectors.offers import find_offer
from watchword.cases.services.locking import locked
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record

OTHER_TIE = "other"


@transaction.atomic
def offer_case(*, case_uid: str, staff_id: str, actor: Actor, now: datetime, reason: str = "") -> Offer:
    """Ask somebody of vetting to take the case over. It stays with the keeper until they accept.

    ``reason``: a code of `rules.several.HANDED`, for the other to read.
    """
    now = rules.minute(now)
    case = locked(case_uid)
    standing = case.standing()
    rules.check_may_know(actor, standing)
    rules.check_may_offer(actor, standing, offered=case.offers.filter(outcome="").exists())
    rules.check_can_keep(standing, staff_id=staff_id, staff_roles=accounts.roles_of(staff_id))
    payload = {"staff": staff_id, "reason": reason}
    record(Event.CASE_OFFER, signer=actor.signer, case=case.uid, payload=payload, at=now)
    uid = random_bytes(16).hex()
    return Offer.objects.create(uid=uid, case=case, by_id=actor.id, to_id=staff_id, at=now, reason=reason)


@transaction.atomic
def take_offer_back(*, case_uid: str, actor: Actor, now: datetime) -> None:
    """The keeper thinks better of it before the other has answered."""
    case = locked(case_uid)
    rules.check_may_know(actor, case.standing())
    rules.check_may_take_back(actor, case.standing())
    offer = case.offers.filter(outcome="").first()
    if offer is None:
        raise WrongState(sentence("This offer was answered already."))
    _end(offer, "withdrawn", actor=actor, now=rules.minute(now))


@transaction.atomic
def accept_case(*, offer_uid: str, actor: Actor, now: datetime) -> Case:
    """Take the case over: from now on it is this person's, and no longer the other's."""
    now = rules.minute(now)
    case, offer = _locked(offer_uid, actor)
    rules.check_may_accept(actor, case.standing(), offered_by=offer.by_id)
    _end(offer, "accepted", actor=actor, now=now)
    case.keeper_id = actor.id
    case.version += 1
    case.save(update_fields=["keeper", "version"])
    case.colleagues.filter(staff_id=actor.id).delete()
    record(Event.CASE_KEEPER, signer=actor.signer, case=case.uid, payload={"keeper": actor.id}, at=now)
    return case


@transaction.atomic
def decline_case(*, offer_uid: str, reason: str, actor: Actor, now: datetime) -> None:
    """Leave the case with its keeper and say why. Who may know the applicant is kept out of it for good."""
    now = rules.minute(now)
    case, offer = _locked(offer_uid, actor)
    if reason not in rules.DECLINED:
        raise WrongState(sentence("Choose why you decline."))
    _end(offer, "declined", actor=actor, now=now, reason=reason)
    if reason == rules.MAY_KNOW:
        Tie.objects.create(case=case, staff_id=actor.id, kind=OTHER_TIE, at=now)
        case.colleagues.filter(staff_id=actor.id).delete()
        case.version += 1
        case.save(update_fields=["version"])
        record(Event.CASE_TIE, signer=actor.signer, case=case.uid, payload={"kind": OTHER_TIE}, at=now)


def end_offers_of(case: Case, *, actor: Actor, now: datetime) -> None:
    """In a locked case: nobody hands it on, and nobody accepts it, who has just declared a tie."""
    for offer in case.offers.filter(Q(by=actor.id) | Q(to=actor.id), outcome=""):
        _end(offer, "lapsed", actor=actor, now=now)


def _locked(offer_uid: str, actor: Actor) -> tuple[Case, Offer]:
    """The case first, then the offer as it stands now."""
    case = locked(find_offer(offer_uid, viewer=actor).case_id)
    return case, find_offer(offer_uid, viewer=actor)


def _end(offer: Offer, outcome: str, *, actor: Actor, now: datetime, reason: str = "") -> None:
    offer.outcome, offer.ended_at = outcome, now
    offer.save(update_fields=["outcome", "ended_at"])
    payload = {"staff": offer.to_id, "outcome": outcome, "reason": reason}
    record(Event.CASE_OFFER_END, signer=actor.signer, case=offer.case_id, payload=payload, at=now)
