# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of applicants: taken in at once, taken by a person, read, and answered with a signed letter."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import rules
from watchword.cases.models import Call, Case
from watchword.cases.parcels import Parcel
from watchword.cases.selectors.calls import find_call
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.services.arrivals import expect, take_in
from watchword.cases.services.letters import write_letter
from watchword.cases.services.locking import locked
from watchword.core.procedure import Text
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.primitives import random_bytes
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.profiles import known
from watchword.vault.opening import open_record

PURPOSE = "call"
CONSENT = "consent"


@dataclass(frozen=True)
class OpenedCall:
    """A call in words: what it is about, what was written with it, and the letter that answers it."""

    about: str
    title: Text
    text: str
    letter: str


@transaction.atomic
def receive_call(*, parcel: Parcel, actor: Actor, now: datetime) -> Case:
    """Keep a call for a human to see; the case stays as it is, also a closed one."""
    now = rules.minute(now)
    case, fresh = expect(parcel, parcel.kind, actor)
    if fresh:
        (record_uid,) = take_in(parcel, case, actor=actor, now=now)
        Call.objects.create(
            uid=random_bytes(16).hex(), case=case, kind=parcel.kind, record_id=record_uid, at=now
        )
    return case


@transaction.atomic
def take_call(*, call_uid: str, actor: Actor, now: datetime) -> None:
    """Say that this person sees to it, so that the others see who does and since when."""
    now = rules.minute(now)
    call = _locked(call_uid, actor)
    rules.check_may_take(actor, call.taken_by_id, call.answered_at is not None)
    call.taken_by_id, call.taken_at = actor.id, now
    call.save(update_fields=["taken_by", "taken_at"])
    _note(Event.CALL_TAKE, call, actor, now)


def open_call(*, call_uid: str, actor: Actor, now: datetime) -> OpenedCall:
    """What is sealed in a call; the opening is in the ledger first."""
    call = find_call(call_uid, viewer=actor)
    profile = profile_of(call.case)
    readers = profile.compartment(profile.calls.compartment).readers
    rules.check_may_open(actor, call.case.standing(), readers)
    about, text = _read(open_record(call.record_id, actor=actor, purpose=PURPOSE, now=now))
    if call.kind == CONSENT:
        return OpenedCall(about, _consent(call.case, about), text, profile.calls.withdrawn_consent)
    alarm = profile.calls.alarm(about)
    return OpenedCall(about, alarm.title, text, alarm.letter)


@transaction.atomic
def answer_call(*, call_uid: str, letter: str, actor: Actor, now: datetime) -> None:
    """Tell the applicant, in a signed letter of the profile, that a human has read the call.

    ``letter`` is one of those that answer calls: which of them, the person knows who has read it.
    """
    now = rules.minute(now)
    check_has(actor, Permission.CASE_MESSAGE)
    call = _locked(call_uid, actor)
    rules.check_may_answer_call(actor, call.taken_by_id, call.answered_at is not None)
    calls = profile_of(call.case).calls
    if letter not in {calls.withdrawn_consent, *(alarm.letter for alarm in calls.alarms)}:
        raise NotFound(sentence("There is no such letter in this procedure."))
    write_letter(call.case, template=letter, filled={}, actor=actor, now=now)
    call.answered_at = now
    call.save(update_fields=["answered_at"])
    _note(Event.CALL_ANSWER, call, actor, now)


def _locked(call_uid: str, actor: Actor) -> Call:
    """The call and its case, held until the transaction ends."""
    locked(find_call(call_uid, viewer=actor).case_id)
    return find_call(call_uid, viewer=actor)


def _note(event: Event, call: Call, actor: Actor, now: datetime) -> None:
    record(
        event, signer=actor.signer, case=call.case_id, payload={"call": call.uid, "kind": call.kind}, at=now
    )


def _consent(case: Case, about: str) -> Text:
    """The words of the consent: its question in the questionnaire, as ``section.question``."""
    name, _, asked = about.partition(".")
    section = known(profile_of(case), lambda one: one.questionnaire.section(name))
    question = section.question(asked)
    if question is None:
        raise _unreadable()
    return question.label


def _read(payload: bytes) -> tuple[str, str]:
    try:
        fields = json.loads(payload)
        return str(fields["about"]), str(fields["text"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _unreadable() from None


def _unreadable() -> WrongState:
    return WrongState(sentence("What was sealed here is not in a form that this programme writes."))
