# SPDX-License-Identifier: AGPL-3.0-or-later
"""Coming back with a receipt: signing in, writing to the Desk, withdrawing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword import trust
from watchword.core.procedure.answers import Answers
from watchword.core.procedure.calls import SECOND_RECEIPT
from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.text import LANGUAGES
from watchword.core.sealing.primitives import constant_time_equal
from watchword.core.sealing.receipt import Receipt, login_hash
from watchword.intake import envelopes, rules, selectors
from watchword.intake.models import Mailbox
from watchword.intake.notebook import blank, open_notebook
from watchword.intake.services import tickets, traces, visits
from watchword.intake.services.applications import own_mailbox, seal_answers
from watchword.intake.services.calls import Call, send_or_pretend
from watchword.intake.services.discarding import discard
from watchword.intake.services.entries import new_parcel, new_uid, seal_entry
from watchword.intake.services.visits import Visit

ANSWER_FORM = "answer"
LODGE_FORM = "lodge"
SIGN_IN_FORM = "sign-in"
_NO_HASH = bytes(32)


@dataclass(frozen=True)
class OutgoingLetter:
    """What an applicant writes. ``reply_to`` is the number of the letter that it answers, or 0."""

    text: str
    language: str
    compartment: str
    reply_to: int


def sign_in(*, key: bytes, receipt: Receipt, ticket: str, now: datetime) -> Visit:
    """A visit for whoever holds this receipt.

    A receipt that belongs to nothing gets a visit too, to a mailbox that does not exist: the same work, the
    same rows written and the same page as a mailbox without letters. Nobody learns here who has applied.
    """
    # Before the slow derivation: whoever sends one form again and again costs us next to nothing.
    tickets.check(ticket, SIGN_IN_FORM, now.date())
    keys = receipt.keys(trust.current().organisation)
    with transaction.atomic():
        tickets.spend(ticket, SIGN_IN_FORM, now.date())
        uid = arrive(locator=receipt.locator, login=keys.login, now=now)
        return visits.keep(Visit(key, uid, keys, receipt=None, seen=0), now)


def arrive(*, locator: str, login: bytes, now: datetime) -> str:
    """The mailbox of whoever shows this token, or a name that belongs to none; in a transaction.

    A second receipt may have been made so that its use warns the Desk. Nobody must see which does: each
    sign-in seals a warning, and all but those are undone.
    """
    rows = Mailbox.objects.filter(locator=locator, withdrawn=False)
    nobody = new_uid()
    found = rows.values_list("uid", "login_hash", "notebook").first() or (nobody, _NO_HASH, blank())
    matches = constant_time_equal(login_hash(login), bytes(found[1]))
    page = bytes(found[2]) if matches else blank()
    warned = open_notebook(login, page).warns or nobody
    send_or_pretend(warned, Call(rules.ALARM, SECOND_RECEIPT, "", LANGUAGES[0]), now)
    return found[0] if matches else nobody


def answer(*, visit: Visit, letter: OutgoingLetter, ticket: str, now: datetime) -> None:
    """Send a letter and its files to the Desk, sealed to those who read letters of the stage told last."""
    with transaction.atomic():
        tickets.spend(ticket, ANSWER_FORM, now.date())
        mailbox = own_mailbox(visit)
        rules.check_may_answer(selectors.facts_of(mailbox))
        payload = envelopes.fields(text=letter.text, language=letter.language, reply_to=letter.reply_to)
        parcel = new_parcel(mailbox, "letter", now.date())
        seal_entry(mailbox, letter.compartment, rules.ANSWER, payload, parcel=parcel)
        files = mailbox.entries.filter(parcel=None, ready=True, kind__startswith=rules.FILE)
        files.update(parcel=parcel)


def lodge(
    *, visit: Visit, section: Section, answers: Answers, language: str, ticket: str, now: datetime
) -> None:
    """Send a section that the Desk has asked for, or a correction, sealed to those who may read it.

    Whether it may come is read here from the letters themselves, whatever page the form came from.
    """
    asked = selectors.post(visit.mailbox, visit.keys).may_write(envelopes.profile())
    with transaction.atomic():
        mailbox = own_mailbox(visit)
        rules.check_may_lodge(selectors.facts_of(mailbox), section.id, asked)
        tickets.spend(ticket, LODGE_FORM, now.date())
        parcel = new_parcel(mailbox, rules.LODGED, now.date())
        seal_answers(mailbox, section, answers, language, parcel=parcel)


def withdraw(*, visit: Visit, language: str, now: datetime) -> None:
    """Close the mailbox, delete what the Gate still holds, and tell the Desk if it may hold anything.

    Says nothing when there is no such mailbox: withdrawing must not answer whether somebody applied.
    """
    with transaction.atomic():
        mailbox = Mailbox.objects.select_for_update().filter(uid=visit.mailbox, withdrawn=False).first()
        if mailbox is not None:
            _empty(mailbox, language, now)
            traces.rewrite_after_commit()
        visits.end(visit.key)


def _empty(mailbox: Mailbox, language: str, now: datetime) -> None:
    discard(mailbox.entries.all())
    known_to_the_desk = mailbox.collected is not None or mailbox.parcels.filter(offered=True).exists()
    if not known_to_the_desk:
        mailbox.delete()
        return
    mailbox.deliveries.all().delete()
    mailbox.parcels.all().delete()
    mailbox.withdrawn = True
    mailbox.save(update_fields=["withdrawn"])
    parcel = new_parcel(mailbox, "withdrawal", now.date())
    seal_entry(mailbox, rules.ROUTING, rules.WITHDRAWAL, envelopes.fields(language=language), parcel=parcel)
