# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes in what was sealed without a network: a whole application as text, or a text sealed by hand."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from watchword.core.procedure.profile import Profile
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing import shape
from watchword.core.sealing.errors import SealingError
from watchword.core.sealing.parcel_text import ParcelEntry, ParcelText
from watchword.core.sealing.primitives import constant_time_equal
from watchword.intake import envelopes, rules, selectors
from watchword.intake.models import Mailbox
from watchword.intake.services import tickets
from watchword.intake.services.applications import NewMailbox, open_mailbox, own_mailbox
from watchword.intake.services.browsers import check_recipient, check_sealed
from watchword.intake.services.entries import (
    Spot,
    forget_replaced,
    new_parcel,
    new_uid,
    next_revision,
    store_sealed,
)
from watchword.intake.services.visits import Visit

OFFLINE_FORM = "offline"
LARGEST_REVISION = 1000


def take_parcel(*, parcel: ParcelText, ticket: str, now: datetime) -> bool:
    """Open a mailbox for this application and send it; False when it was here before.

    Who has the text may bring it, and again: it says only what its writer sealed, and there is one case for
    its key.
    """
    check_recipient(parcel.recipient)
    _check_entries(parcel.entries, envelopes.profile())
    with transaction.atomic():
        tickets.spend(ticket, OFFLINE_FORM, now.date())
        known = Mailbox.objects.filter(locator=parcel.locator, recipient=parcel.recipient).first()
        if known and constant_time_equal(bytes(known.login_hash), parcel.login_hash):
            return False
        if Mailbox.objects.filter(locator=parcel.locator).exists():
            raise WrongState(
                sentence("The number of this receipt is taken by chance. Seal anew: the kit draws another.")
            )
        _send(parcel, now.date())
    return True


def take_by_hand(*, visit: Visit, sealed: bytes, ticket: str, now: datetime) -> None:
    """Put a text that was sealed with age alone into the draft, in place of an earlier one.

    The number and kinds of its recipients must be those of the first contact's readers; whether they are the
    right ones, only the Desk can find out.
    """
    try:
        shape.check_header(sealed, [reader.kind for reader in envelopes.readers(rules.ROUTING)])
    except SealingError as error:
        raise WrongState(_OTHER_READERS) from error
    with transaction.atomic():
        tickets.spend(ticket, OFFLINE_FORM, now.date())
        mailbox = own_mailbox(visit)
        rules.check_may_write(selectors.facts_of(mailbox))
        spot = Spot(rules.ROUTING, rules.BY_HAND, next_revision(mailbox))
        forget_replaced(store_sealed(mailbox, spot, sealed))


def _send(parcel: ParcelText, today: date) -> None:
    place = NewMailbox(parcel.locator, parcel.login_hash, parcel.recipient)
    mailbox = open_mailbox(new_uid(), place, today)
    sent = new_parcel(mailbox, "application", today)
    for entry in parcel.entries:
        store_sealed(mailbox, Spot(entry.compartment, entry.kind, entry.revision), entry.sealed, parcel=sent)
    revisions = max(entry.revision for entry in parcel.entries)
    Mailbox.objects.filter(pk=mailbox.pk).update(sent=today, revisions=revisions)


def _check_entries(entries: Collection[ParcelEntry], profile: Profile) -> None:
    """Refuse what is no application of this profile: parts missing, strange ones, or sealed to others."""
    places = _places(profile)
    brought = {(entry.kind, entry.compartment) for entry in entries}
    kinds = {rules.section_kind(name) for name in profile.questionnaire.titles_to_be_sent()} | {rules.META}
    # Of what is here at all, every part: see core/procedure/apart.py.
    kinds |= {kind for kind, _ in brought} & places.keys()
    needed = {(kind, one) for kind in kinds for one in places[kind]}
    if len(brought) < len(entries) or not needed <= brought:
        raise WrongState(
            sentence("Parts are missing in this parcel. Answer what is needed, and seal it anew.")
        )
    for entry in entries:
        if entry.compartment not in places.get(entry.kind, ()) or not 0 < entry.revision <= LARGEST_REVISION:
            raise WrongState(
                sentence(
                    "This parcel was made with another kit than ours, or an old one. Take the present one."
                )
            )
        check_sealed(entry.sealed, entry.compartment)


def _places(profile: Profile) -> Mapping[str, Collection[str]]:
    sections = profile.questionnaire.application
    kinds: dict[str, Collection[str]] = {rules.section_kind(one.id): one.compartments for one in sections}
    return kinds | {rules.META: (rules.ROUTING,)}


_OTHER_READERS = sentence(
    "This is not sealed to all who must be able to open it, or not with keys of the new kind."
    " Take the list of keys from this page, and seal it with age 1.3 or newer."
)
