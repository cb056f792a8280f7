# SPDX-License-Identifier: AGPL-3.0-or-later
"""Learns from opened routing data where to answer, in which language, and whether there is danger."""

import hashlib
import json
from datetime import datetime

from django.db import transaction

from watchword.accounts.rules import Actor
from watchword.cases import rules
from watchword.cases.models import Case
from watchword.cases.services.letters import queue_status, write_letter
from watchword.cases.services.locking import locked
from watchword.core.procedure import LANGUAGES, Answers
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.frame import case_of
from watchword.core.sealing.recipients import Recipient
from watchword.genuine.services import give_countersign
from watchword.journal.events import Event
from watchword.journal.services import record
from watchword.trust.words import words

DANGER = ("contact", "danger_now")
"""The question, by section and id, whose answer yes declares danger."""

CARD = ("contact", "card")
"""The question in which an applicant may give the number of a card."""

FOUND_WHERE = ("contact", "found_where")
"""The question in which an applicant names the site or bot that led them to us."""

CARD_LETTER = "card-countersign"
"""The letter that carries the card's second words."""


@transaction.atomic
def note_routing(*, case_uid: str, payload: bytes, actor: Actor, now: datetime) -> None:
    """Keep the mailbox address and the language, once: what comes later cannot turn our letters elsewhere."""
    case = locked(case_uid)
    if case.mailbox_recipient:
        return
    recipient, language = _read(case, payload)
    case.mailbox_recipient, case.language = recipient, language
    case.save(update_fields=["mailbox_recipient", "language"])
    record(
        Event.CASE_ADDRESS,
        signer=actor.signer,
        case=case.uid,
        payload={"language": language, "recipient": hashlib.sha256(recipient.encode()).hexdigest()},
        at=now,
    )
    queue_status(case, now=rules.minute(now))


@transaction.atomic
def note_danger(*, case_uid: str, section: str, answers: Answers, actor: Actor, now: datetime) -> None:
    """Put a case forward whose applicant says that he is in danger now."""
    if section != DANGER[0] or answers.get(DANGER[1]) != "yes":
        return
    case = locked(case_uid)
    if case.danger_declared:
        return
    case.danger_declared = True
    case.save(update_fields=["danger_declared"])
    record(Event.CASE_ADDRESS, signer=actor.signer, case=case.uid, payload={"danger": True}, at=now)


@transaction.atomic
def note_card(*, case_uid: str, section: str, answers: Answers, actor: Actor, now: datetime) -> None:
    """Answer the number of a card with its second words, once, in a signed letter of its own.

    WrongState, for the officer who opened the answers, when the number is false or came before.
    """
    typed = answers.get(CARD[1]) if section == CARD[0] else None
    if not isinstance(typed, str) or not typed.strip():
        return
    case = locked(case_uid)
    if not case.mailbox_recipient or case.closed_at:
        return
    if case.letters.filter(direction="out", kind=CARD_LETTER).exists():
        return
    phrase = give_countersign(typed=typed, case=case.uid, actor=actor, now=now)
    said = " ".join(words(phrase.words, phrase.language))
    write_letter(case, template=CARD_LETTER, filled={"words": said}, actor=actor, now=rules.minute(now))


def came_by(section: str, answers: Answers) -> str:
    """The site or bot that the applicant names among the first answers; empty for none."""
    named = answers.get(FOUND_WHERE[1]) if section == FOUND_WHERE[0] else None
    return named.strip() if isinstance(named, str) else ""


def _read(case: Case, payload: bytes) -> tuple[str, str]:
    wrong = WrongState(sentence("The routing data is not in order: this case cannot be answered."))
    try:
        fields = json.loads(payload)
        recipient = str(Recipient.parse(fields["mailbox"]))
        language = fields["language"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, SealingError):
        raise wrong from None
    # The case follows from the mailbox, so a Gate cannot put another mailbox in the place of the applicant's.
    if fields.get("case") != case.uid or case_of(recipient) != case.uid:
        raise wrong
    return recipient, language if language in LANGUAGES else LANGUAGES[0]
