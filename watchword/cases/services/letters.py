# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes to the applicant: signed by the Desk, sealed to the mailbox; our own copy is sealed apart."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta

import rfc8785
from django.db import transaction

from watchword.accounts.rules import Actor, Permission, check_has
from watchword.cases import rules
from watchword.cases.models import Case, Letter, Outgoing
from watchword.cases.selectors.facts import asked_for, sections_of
from watchword.cases.selectors.opened import opened_of, untold
from watchword.cases.selectors.profiles import profile_of
from watchword.cases.selectors.seen import seen_of
from watchword.cases.services.locking import locked
from watchword.core.procedure.letters import Composed, LetterTemplate, compose
from watchword.core.sealing.primitives import random_bytes
from watchword.core.sealing.recipients import Recipient
from watchword.core.sealing.seal import seal
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.trust import installed
from watchword.trust import letter as letters
from watchword.trust.enclosed import Enclosed
from watchword.vault import services as vault

STATUS = "status"
SENT = "sent-letter"
LETTER_STEP = 8 * 1024
# For how long the Desk may have been off before an opening goes untold until the next letter.
UNTOLD_DAYS = 30


@transaction.atomic
def send_letter(
    *,
    case_uid: str,
    template: str,
    filled: Mapping[str, str],
    actor: Actor,
    now: datetime,
    files: Sequence[Enclosed] = (),
    seen: str = "",
) -> Letter:
    """Send a letter that this person's role may write by hand; ``filled`` gives the words for its gaps.

    ``seen``: `selectors.seen_of` when the writing began; a case that has changed since is to be read first.
    """
    rules.check_enclosed([file.content for file in files])
    case = locked(case_uid)
    profile = profile_of(case)
    rules.check_may_know(actor, case.standing())
    rules.check_may_write(actor, case.standing(), profile.letter(template).written_by)
    rules.check_seen(seen, seen_of(case))
    now = rules.minute(now)
    return write_letter(case, template=template, filled=filled, actor=actor, now=now, files=files)


def write_letter(
    case: Case,
    *,
    template: str,
    filled: Mapping[str, str],
    actor: Actor,
    now: datetime,
    files: Sequence[Enclosed] = (),
) -> Letter:
    """Compose, sign, seal and queue one letter of a locked case; the caller has checked who may."""
    rules.check_reachable(case.standing())
    chosen = profile_of(case).letter(template)
    words = compose(chosen, case.language, **filled)
    asks = asked_for(case) | chosen.asks
    number = _queue(case, template, words, needs_answer=chosen.needs_answer, asks=asks, now=now, files=files)
    copy = _keep_copy(case, chosen, words, files, actor=actor, now=now)
    written = Letter.objects.create(
        uid=random_bytes(16).hex(),
        case=case,
        direction="out",
        number=number,
        kind=template,
        record_id=copy,
        at=now,
        needs_answer=chosen.needs_answer,
    )
    record(
        Event.MESSAGE_SEND,
        signer=actor.signer,
        case=case.uid,
        payload={"number": number, "kind": template, "needs_answer": chosen.needs_answer},
        at=now,
    )
    return written


def ask_for_sections(case: Case, *, actor: Actor, now: datetime) -> None:
    """Send the letters that ask for what belongs to the stage that the case has just entered; each once."""
    sent = set(case.letters.filter(direction="out").values_list("kind", flat=True))
    for letter in profile_of(case).letters_asking_from(case.stage):
        if letter.id not in sent:
            write_letter(case, template=letter.id, filled={}, actor=actor, now=now)


def queue_status(case: Case, *, now: datetime) -> None:
    """Tell the mailbox the present stage, and what is asked for, once its address is known."""
    if case.mailbox_recipient:
        asks = asked_for(case)
        _queue(case, STATUS, Composed("", ""), needs_answer=False, asks=asks, now=now)


def tell_openings(*, now: datetime) -> int:
    """Bring the applicants' logs of access up to the end of yesterday; how many were told.

    By the day and once a day, so that no delivery to a mailbox shows when its case is being read.
    """
    midnight = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
    told = 0
    for case in untold(since=midnight - timedelta(days=UNTOLD_DAYS), until=midnight):
        with transaction.atomic():
            queue_status(locked(case.uid), now=rules.minute(now))
        told += 1
    return told


@transaction.atomic
def letters_delivered(*, uids: Collection[str], actor: Actor, now: datetime) -> int:
    """The Gate has these letters: forget their sealed bytes, keep that they went."""
    check_has(actor, Permission.PARCEL_RECEIVE)
    waiting = Outgoing.objects.select_for_update().filter(pk__in=list(uids), delivered_at=None)
    delivered = [(row.case_id, row.number) for row in waiting.order_by("case_id", "number")]
    Outgoing.objects.filter(pk__in=list(uids), delivered_at=None).update(
        delivered_at=rules.minute(now), sealed=b""
    )
    for case_uid, number in delivered:
        record(
            Event.COURIER_PUSH,
            signer=actor.signer,
            case=case_uid,
            payload={"number": number},
            at=rules.minute(now),
        )
    return len(delivered)


def _queue(
    case: Case,
    kind: str,
    words: Composed,
    *,
    needs_answer: bool,
    asks: Collection[str],
    now: datetime,
    files: Sequence[Enclosed] = (),
) -> int:
    newest = case.outgoing.order_by("-number").values_list("number", flat=True).first() or 0
    letter = letters.Letter(
        case=case.uid,
        number=newest + 1,
        kind=kind,
        day=now.date(),
        language=case.language,
        subject=words.title,
        text=words.body,
        needs_answer=needs_answer,
        stage=case.stage,
        # A case that has ended asks for nothing more.
        asks=() if case.closed_at else tuple(sorted(asks)),
        received=tuple(sorted(sections_of(case) & frozenset(asks))),
        opened=opened_of(case, now.date()),
        files=tuple(files),
    )
    Outgoing.objects.create(
        uid=random_bytes(16).hex(),
        case=case,
        number=letter.number,
        # Always the same word: the Gate stores it in clear.
        kind="letter",
        sealed=seal(
            _padded(letters.write(letter, installed.desk_signer())), [Recipient.parse(case.mailbox_recipient)]
        ),
        created=now,
    )
    return letter.number


def _padded(letter: bytes) -> bytes:
    """Whole steps of 8 KiB, so that the Gate's store cannot tell a refusal from a status by its size.

    A letter is JSON, and blanks after JSON mean nothing.
    """
    return letter + b" " * (-len(letter) % LETTER_STEP)


def _keep_copy(
    case: Case,
    chosen: LetterTemplate,
    words: Composed,
    files: Sequence[Enclosed],
    *,
    actor: Actor,
    now: datetime,
) -> str:
    readers = profile_of(case).compartment(chosen.compartment).readers
    copy = vault.seal_record(
        case=case.uid,
        compartment=chosen.compartment,
        kind=SENT,
        payload=rfc8785.dumps(
            {"title": words.title, "body": words.body, "files": [dict(file.fields()) for file in files]}
        ),
        signer=actor.signer,
        now=now,
        readers=sorted(readers),
    )
    return copy.uid
