# SPDX-License-Identifier: AGPL-3.0-or-later
"""An application, from the first contact to the moment of sending."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from watchword import trust
from watchword.core.procedure.answers import Answers
from watchword.core.procedure.apart import parted
from watchword.core.procedure.questionnaire import Section
from watchword.core.procedure.sealed_answers import SealedAnswers, encode_answers
from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing.frame import case_of
from watchword.core.sealing.receipt import Receipt, login_hash
from watchword.intake import envelopes, rules, selectors
from watchword.intake.custody import sealed_page
from watchword.intake.models import Mailbox, Parcel, SealedEntry
from watchword.intake.services import tickets, traces, visits
from watchword.intake.services.discarding import discard
from watchword.intake.services.entries import (
    Spot,
    forget_replaced,
    new_parcel,
    new_uid,
    next_revision,
    seal_entry,
    store_sealed,
)
from watchword.intake.services.visits import Visit

CONTACT_FORM = "contact"
SEND_FORM = "send"


def begin(*, key: bytes, answers: Answers, language: str, ticket: str, now: datetime) -> Visit:
    """Open a mailbox with the first contact sealed in it, and a visit that holds its receipt."""
    # Before the slow derivation: whoever sends one form again and again costs us next to nothing.
    tickets.check(ticket, CONTACT_FORM, now.date())
    receipt = Receipt.new()
    # The slow derivation is done before the transaction, which other applicants have to wait for.
    keys = receipt.keys(trust.current().organisation)
    visit = Visit(key=key, mailbox=new_uid(), keys=keys, receipt=receipt, seen=0)
    section = envelopes.profile().questionnaire.contact
    with transaction.atomic():
        tickets.spend(ticket, CONTACT_FORM, now.date())
        place = NewMailbox(receipt.locator, login_hash(keys.login), str(keys.mailbox.recipient))
        mailbox = open_mailbox(visit.mailbox, place, now.date())
        seal_answers(mailbox, section, answers, language)
        return visits.keep(visit, now)


def confirm(*, visit: Visit, now: datetime) -> Visit:
    """The applicant has shown that the receipt is written down: from here on the Gate does not have it."""
    return visits.keep(replace(visit, receipt=None, written=True), now)


def start_again(*, visit: Visit) -> None:
    """Throw a begun application away, with all that was sealed for it, and end the visit."""
    with transaction.atomic():
        draft = Mailbox.objects.filter(uid=visit.mailbox, sent=None)
        discard(SealedEntry.objects.filter(mailbox__in=draft))
        draft.delete()
        traces.remove_after_commit()
        visits.end(visit.key)


def seal_section(*, visit: Visit, section: Section, answers: Answers, language: str) -> None:
    """Seal one section, each part to its readers, in place of what was sealed before."""
    with transaction.atomic():
        mailbox = own_mailbox(visit)
        before = selectors.facts_of(mailbox)
        rules.check_may_write(before)
        entries = seal_answers(mailbox, section, answers, language)
        for entry in entries if section.id in before.begun else ():
            forget_replaced(entry)


def send(*, visit: Visit, language: str, ticket: str, now: datetime) -> None:
    """Make the draft a parcel for the Desk: the newest revision of everything, and what is told with it."""
    questionnaire = envelopes.profile().questionnaire
    with transaction.atomic():
        tickets.spend(ticket, SEND_FORM, now.date())
        mailbox = own_mailbox(visit)
        rules.check_may_send(selectors.facts_of(mailbox), questionnaire.titles_to_be_sent())
        parcel = new_parcel(mailbox, "application", now.date(), ready=False)
        sections = _gather(mailbox, parcel)
        meta = _meta(mailbox, sections, language)
        seal_entry(mailbox, rules.ROUTING, rules.META, meta, parcel=parcel)
        Parcel.objects.filter(pk=parcel.pk).update(ready=True)
        Mailbox.objects.filter(pk=mailbox.pk).update(sent=now.date())


@dataclass(frozen=True)
class NewMailbox:
    """What the Gate keeps of a receipt: how to find it, recognise its holder, and seal letters to them."""

    locator: str
    login_hash: bytes
    recipient: str


def open_mailbox(uid: str, place: NewMailbox, today: date) -> Mailbox:
    """A mailbox of this name, whose case follows from its key; in a transaction."""
    try:
        with transaction.atomic():
            return Mailbox.objects.create(
                uid=uid,
                locator=place.locator,
                login_hash=place.login_hash,
                recipient=place.recipient,
                case=case_of(place.recipient),
                opened=today,
            )
    except IntegrityError:
        # Two receipts with the same eight first digits: one in 10,000 at 10,000 mailboxes.
        raise WrongState(
            sentence("Please send this page once more: the number drawn for you was taken.")
        ) from None


def own_mailbox(visit: Visit) -> Mailbox:
    """The visit's mailbox, held until the transaction ends."""
    mailbox = Mailbox.objects.select_for_update().filter(uid=visit.mailbox, withdrawn=False).first()
    if mailbox is None:
        raise NotFound(sentence("There is no application here."))
    return mailbox


def seal_answers(
    mailbox: Mailbox, section: Section, answers: Answers, language: str, *, parcel: Parcel | None = None
) -> list[SealedEntry]:
    """Seal the answers to one section, an entry for each of its compartments, and for the seats if any."""
    profile, kind = envelopes.profile(), rules.section_kind(section.id)
    payloads = {
        compartment: encode_answers(SealedAnswers(profile.name, profile.version, section.id, language, part))
        for compartment, part in parted(section, answers).items()
    }
    if section.seats and profile.custody:
        revision = next_revision(mailbox)
        pieces = sealed_page(profile.custody, case=mailbox.case, revision=revision, payloads=payloads)
        return [
            store_sealed(mailbox, Spot(compartment, kind, revision), sealed, parcel=parcel)
            for compartment, sealed in pieces
        ]
    return [
        seal_entry(mailbox, compartment, kind, payload, parcel=parcel)
        for compartment, payload in payloads.items()
    ]


def _gather(mailbox: Mailbox, parcel: Parcel) -> list[str]:
    """Put the newest finished revisions into the parcel, delete the rest, and name the sections that go."""
    rows = mailbox.entries.filter(parcel=None, ready=True)
    pieces = [rules.Piece(row.uid, row.compartment, row.kind, row.revision) for row in rows]
    chosen = rules.newest(pieces)
    SealedEntry.objects.filter(pk__in=[piece.uid for piece in chosen]).update(parcel=parcel)
    discard(mailbox.entries.filter(parcel=None))
    kinds = sorted({piece.kind for piece in chosen if piece.kind.startswith(rules.SECTION)})
    return [kind.removeprefix(rules.SECTION) for kind in kinds]


def _meta(mailbox: Mailbox, sections: list[str], language: str) -> bytes:
    """What the intake role must know to answer. Inside the seal, so that the Gate cannot swap the mailbox."""
    profile = envelopes.profile()
    return envelopes.fields(
        case=mailbox.case,
        mailbox=mailbox.recipient,
        language=language,
        profile=profile.name,
        version=profile.version,
        sections=sections,
    )
