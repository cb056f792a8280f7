# SPDX-License-Identifier: AGPL-3.0-or-later
"""Applicants whose browser makes the receipt and derives its keys: the Gate sees neither, nor any answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from watchword.core.refusals import NotFound, WrongState, sentence
from watchword.core.sealing import shape
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.receipt import login_hash
from watchword.core.sealing.recipients import HYBRID, Recipient
from watchword.intake import envelopes, rules, selectors
from watchword.intake.models import SealedEntry
from watchword.intake.services import tickets, visits
from watchword.intake.services.applications import CONTACT_FORM, NewMailbox, open_mailbox, own_mailbox
from watchword.intake.services.entries import Spot, new_parcel, new_uid, next_revision, store_sealed
from watchword.intake.services.mailboxes import SIGN_IN_FORM, arrive
from watchword.intake.services.visits import Visit


@dataclass(frozen=True)
class Shown:
    """What a browser shows of a receipt: where to look, and a token that proves the rest."""

    locator: str
    login: bytes


def begin_in_browser(
    *, key: bytes, shown: Shown, recipient: str, sealed: bytes, ticket: str, now: datetime
) -> Visit:
    """Open a mailbox for keys that were made elsewhere, with the first contact as it was sealed there."""
    tickets.check(ticket, CONTACT_FORM, now.date())
    check_recipient(recipient)
    place = NewMailbox(shown.locator, login_hash(shown.login), recipient)
    contact = envelopes.profile().questionnaire.contact
    check_sealed(sealed, contact.compartment)
    visit = Visit(key, new_uid(), None, None, seen=0, lock=visits.new_key(), written=False, shown=shown.login)
    with transaction.atomic():
        tickets.spend(ticket, CONTACT_FORM, now.date())
        mailbox = open_mailbox(visit.mailbox, place, now.date())
        revision = next_revision(mailbox)
        store_sealed(mailbox, Spot(contact.compartment, rules.section_kind(contact.id), revision), sealed)
        return visits.keep(visit, now)


def sign_in_from_browser(*, key: bytes, shown: Shown, ticket: str, now: datetime) -> Visit:
    """A visit for whoever shows this token; for a token of nothing, one to a mailbox that does not exist."""
    with transaction.atomic():
        tickets.spend(ticket, SIGN_IN_FORM, now.date())
        uid = arrive(locator=shown.locator, login=shown.login, now=now)
        visit = Visit(key, uid, None, None, seen=0, lock=visits.new_key(), shown=shown.login)
        return visits.keep(visit, now)


def post_from_browser(*, visit: Visit, uid: str, now: datetime) -> None:
    """Make a parcel of what was sealed in the browser and has arrived: a letter with its files, or a section.

    Whether a letter of the Desk asks for a section, only the browser can read. The Desk refuses what it did
    not ask for. A second click finds the parcel, and nothing is done. Of a section that is sealed to several
    readers, any entry names all.
    """
    with transaction.atomic():
        mailbox = own_mailbox(visit)
        rules.check_may_answer(selectors.facts_of(mailbox))
        drafts = mailbox.entries.filter(ready=True)
        entry = drafts.filter(pk=uid).first()
        if entry is None or not rules.is_posted(entry.kind):
            raise NotFound(sentence("There is no such upload, or it has ended."))
        if entry.parcel_id is not None:
            return
        letter = entry.kind == rules.ANSWER
        parts = [entry] if letter else list(drafts.filter(parcel=None, kind=entry.kind))
        _check_whole(parts)
        kind = "letter" if letter else rules.LODGED
        parcel = new_parcel(mailbox, kind, now.date())
        with_it = drafts.filter(parcel=None, kind__startswith=rules.FILE)
        if letter:
            with_it.update(parcel=parcel)
        drafts.filter(pk__in=[part.pk for part in parts]).update(parcel=parcel)


def _check_whole(parts: Iterable[SealedEntry]) -> None:
    """Refuse a section of which one of the readers would get nothing, because the line broke between two.

    In custody, shares of an earlier sealing open nothing of this one: all must be of one revision.
    """
    rows = [part for part in parts if part.kind != rules.ANSWER]
    sections = [envelopes.profile().questionnaire.section(rules.section_of(part.kind)) for part in rows]
    wanted = {one for section in sections for one in section.sealed_into}
    torn = any(section.seats for section in sections) and len({part.revision for part in rows}) > 1
    if torn or wanted != {part.compartment for part in rows}:
        raise WrongState(sentence("Not everything has arrived. Send the missing pieces again."))


def check_recipient(text: str) -> None:
    """Refuse a mailbox to which nothing could be sealed, or nothing that lasts."""
    try:
        recipient = Recipient.parse(text)
    except SealingError as error:
        raise _unsound() from error
    if recipient.kind != HYBRID.name:
        raise _unsound()


def check_sealed(sealed: bytes, compartment: str) -> None:
    """Refuse what this compartment's readers could not open, as far as that shows without a key."""
    try:
        header = shape.check_header(sealed, envelopes.stanzas(compartment))
        shape.check_length(len(sealed), header)
    except SealingError as error:
        raise _unsound() from error


def _unsound() -> WrongState:
    return WrongState(
        sentence("This was not sealed for the readers of this part. Load the page anew and send it again.")
    )
