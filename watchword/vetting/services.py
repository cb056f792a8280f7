# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records evidence: sealed, counted and in the ledger in one transaction; and opens it again."""

import json
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import selectors as cases
from watchword.cases import services as case_services
from watchword.cases.rules import check_may_open, check_seen, minute
from watchword.cases.services.locking import locked
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.vault import services as vault
from watchword.vault.opening import open_record
from watchword.vetting import rules
from watchword.vetting.models import Evidence
from watchword.vetting.selectors import COMPARTMENT, Bench, bench

RECORD_KIND = "evidence"


@dataclass(frozen=True)
class OpenedEvidence:
    """The words of one item."""

    facts: str
    source: str
    favourable: str


@transaction.atomic
def add_evidence(
    *,
    case_uid: str,
    kind: str,
    guideline: str,
    source_grade: str,
    information_grade: str,
    disclosure: str,
    bearing: str,
    facts: str,
    source: str,
    favourable: str,
    actor: Actor,
    now: datetime,
    result: str = "",
    seen: str = "",
) -> Evidence:
    """Record one item. ``favourable``: what in it speaks for the applicant, asked of every item.

    ``seen``: `cases.selectors.seen_of` when the writing began; a case that has changed is to be read first.
    """
    now = minute(now)
    check_seen(seen, cases.seen_of(locked(case_uid)))
    at = bench(case_uid, actor=actor)
    chosen = at.profile.evidence_kind(kind)
    at.check_may_record(chosen, actor)
    rules.check_item(
        chosen,
        guideline=guideline,
        guidelines={one.code for one in at.profile.guidelines},
        source_grade=source_grade,
        information_grade=information_grade,
        disclosure=disclosure,
        bearing=bearing,
        result=result,
        facts=facts,
        favourable=favourable,
    )
    case_services.note_evidence(case_uid=case_uid, kind=kind, actor=actor, now=now)
    codes = {
        "kind": kind,
        "guideline": guideline,
        "source_grade": source_grade,
        "information_grade": information_grade,
        "disclosure": disclosure,
        "bearing": bearing,
        "result": result,
    }
    words = {"facts": facts.strip(), "source": source.strip(), "favourable": favourable.strip()}
    return _store(at, case_uid, codes=codes, words=words, actor=actor, now=now)


def _store(
    at: Bench, case_uid: str, *, codes: dict[str, str], words: dict[str, str], actor: Actor, now: datetime
) -> Evidence:
    sealed = vault.seal_record(
        case=case_uid,
        compartment=COMPARTMENT,
        kind=RECORD_KIND,
        payload=rfc8785.dumps(words),
        signer=actor.signer,
        now=now,
        readers=sorted(at.profile.compartment(COMPARTMENT).readers),
    )
    record(Event.EVIDENCE_ADD, signer=actor.signer, case=case_uid, payload=dict(codes), at=now)
    return Evidence.objects.create(
        uid=random_bytes(16).hex(),
        case_id=case_uid,
        record_id=sealed.uid,
        recorded_by_id=actor.id,
        at=now,
        **codes,
    )


def open_evidence(*, case_uid: str, evidence_uid: str, actor: Actor, now: datetime) -> OpenedEvidence:
    """The words of one item, for a role that reads the evidence of this case."""
    case = cases.find_by_uid(case_uid, viewer=actor)
    check_may_open(actor, case.standing(), cases.profile_of(case).compartment(COMPARTMENT).readers)
    item = Evidence.objects.filter(pk=evidence_uid, case=case_uid).first()
    if item is None:
        raise NotFound(sentence("There is no such item of evidence."))
    payload = open_record(item.record_id, actor=actor, purpose="evidence", now=now)
    try:
        return OpenedEvidence(**json.loads(payload))
    except (ValueError, TypeError):
        raise WrongState(
            sentence("What was sealed here is not in a form that this programme writes.")
        ) from None
