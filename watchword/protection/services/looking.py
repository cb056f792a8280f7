# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two custodians look whether we know whoever is asked for: by the matcher, and nobody's name is opened.

The entries are the same whether or not somebody is found, for whoever asked may read the ledger.
"""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases.rules import minute
from watchword.core import names
from watchword.core.ledger import canonical
from watchword.core.linkage import Key, Likeness, NameReader, likeness, match_keys
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record, wait_until_integrated
from watchword.matcher.client import Client
from watchword.protection import rules, selectors
from watchword.protection.models import Enquiry, Notice
from watchword.protection.sealed import Found, Question, encode_found, question
from watchword.screening.applicant import identity_of, person_of
from watchword.vault import services as vault
from watchword.vault.opening import open_record

RESULT_KIND = "enquiry-result"
PURPOSE = "enquiry"


@transaction.atomic
def ask_look(*, enquiry_uid: str, actor: Actor, now: datetime) -> Enquiry:
    """The first custodian has read the question, and another is to look."""
    found = selectors.enquiry_of(enquiry_uid, viewer=actor)
    enquiry = Enquiry.objects.select_for_update().get(pk=found.pk)
    rules.check_may_ask_look(actor, enquiry.facts())
    enquiry.asked_by_id, enquiry.asked_at = actor.id, minute(now)
    enquiry.looked_by = enquiry.looked_at = None
    # A look-up that failed is asked for anew: the old answer of a second person must not serve again.
    said = {"enquiry": enquiry.uid, "number": enquiry.number, "salt": random_bytes(16).hex()}
    enquiry.action_hash = hashlib.sha256(canonical.encode(said)).hexdigest()
    enquiry.save(update_fields=["asked_by", "asked_at", "looked_by", "looked_at", "action_hash"])
    _record(Event.ENQUIRY_ASK, enquiry, actor, now)
    return enquiry


def look(*, enquiry_uid: str, actor: Actor, now: datetime) -> Enquiry:
    """The second looks. With the sealed finding comes the notice for whoever keeps a case that is found."""
    matcher = _open_matcher()
    enquiry = _begun(enquiry_uid, actor, now)
    asked = question(open_record(enquiry.record_id, actor=actor, purpose=PURPOSE, now=now))
    return _kept(enquiry, _sharing(matcher, enquiry.uid, asked), actor, minute(now))


def _begun(enquiry_uid: str, actor: Actor, now: datetime) -> Enquiry:
    """In the ledger, on the disk, before anything is opened or asked."""
    with transaction.atomic(durable=True):
        found = selectors.enquiry_of(enquiry_uid, viewer=actor)
        enquiry = Enquiry.objects.select_for_update().get(pk=found.pk)
        rules.check_may_look(actor, enquiry.facts())
        enquiry.looked_by_id, enquiry.looked_at = actor.id, minute(now)
        enquiry.save(update_fields=["looked_by", "looked_at"])
        nonce = _record(Event.ENQUIRY_LOOK, enquiry, actor, now)
    wait_until_integrated(nonce)
    return enquiry


def _sharing(matcher: Client, uid: str, asked: Question) -> tuple[Found, ...]:
    """The cases that share enough; the matcher holds the question for a moment, as one case among others."""
    keys = _keys(asked)
    if not keys:
        return ()
    try:
        matcher.put(uid, keys)
        sharing = matcher.ask(uid)
    finally:
        matcher.forget(uid)
    known = cases.known_uids(one.case for one in sharing)
    likes = [(likeness(one.shared, one.unshared), one) for one in sharing if one.case in known]
    worth = [(like, one) for like, one in likes if like is not Likeness.NONE]
    found = [Found(one.case, like is Likeness.LIKELY, tuple(sorted(one.shared))) for like, one in worth]
    return tuple(sorted(found, key=lambda one: (not one.likely, one.case)))


def _keys(asked: Question) -> frozenset[Key]:
    if not asked.names_somebody:
        return frozenset()
    return match_keys(identity_of(person_of(asked.answers())), NameReader(names.lexicon()))


@transaction.atomic
def _kept(enquiry: Enquiry, found: tuple[Found, ...], actor: Actor, now: datetime) -> Enquiry:
    enquiry.result = vault.seal_record(
        case=enquiry.uid,
        compartment=rules.COMPARTMENT,
        kind=RESULT_KIND,
        payload=encode_found(found),
        signer=actor.signer,
        now=now,
        readers=sorted(selectors.readers()),
    )
    enquiry.save(update_fields=["result"])
    Notice.objects.bulk_create(
        Notice(enquiry=enquiry, case_id=one.case, likely=one.likely, at=now) for one in found
    )
    return enquiry


def _open_matcher() -> Client:
    """The matcher, unlocked; asked before anything is recorded, so that no code is spent for nothing."""
    if not settings.WATCHWORD_MATCHER:
        raise WrongState(sentence("No matcher is set up, so nobody can look this up."))
    matcher = Client(Path(settings.WATCHWORD_MATCHER))
    if matcher.state().locked:
        raise WrongState(sentence("The matcher is locked: its custodians must unlock it first."))
    return matcher


def _record(event: Event, enquiry: Enquiry, actor: Actor, now: datetime) -> str:
    return record(
        event,
        signer=actor.signer,
        case=enquiry.uid,
        payload={"enquiry": enquiry.uid},
        public={"action": bytes.fromhex(enquiry.action_hash)},
        at=minute(now),
        proof=actor.proof,
    ).nonce
