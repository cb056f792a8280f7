# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes in a whole application that was sealed without a network and is brought as text."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction

from watchword.core.procedure.profile import Profile
from watchword.core.refusals import WrongState, sentence
from watchword.core.sealing.parcel_text import ParcelEntry, ParcelText
from watchword.core.sealing.primitives import constant_time_equal
from watchword.intake import envelopes, rules
from watchword.intake.models import Mailbox, Parcel
from watchword.intake.services import tickets
from watchword.intake.services.applications import NewMailbox, open_mailbox
from watchword.intake.services.browsers import check_recipient, check_sealed
from watchword.intake.services.entries import Spot, new_uid, store_sealed

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
        _send(parcel, now.date())
    return True


def _send(parcel: ParcelText, today: date) -> None:
    place = NewMailbox(parcel.locator, parcel.login_hash, parcel.recipient)
    mailbox = open_mailbox(new_uid(), place, today)
    sent = Parcel.objects.create(uid=new_uid(), mailbox=mailbox, kind="application", ready=True, opened=today)
    for entry in parcel.entries:
        store_sealed(mailbox, Spot(entry.compartment, entry.kind, entry.revision), entry.sealed, parcel=sent)
    revisions = max(entry.revision for entry in parcel.entries)
    Mailbox.objects.filter(pk=mailbox.pk).update(sent=today, revisions=revisions)


def _check_entries(entries: Collection[ParcelEntry], profile: Profile) -> None:
    """Refuse what is no application of this profile: parts missing, strange ones, or sealed to others."""
    places = _places(profile)
    kinds = [entry.kind for entry in entries]
    needed = {rules.section_kind(name) for name in profile.questionnaire.titles_to_be_sent()} | {rules.META}
    if len(set(kinds)) < len(kinds) or not needed <= set(kinds):
        raise WrongState(
            sentence("Parts are missing in this parcel. Answer what is needed, and seal it anew.")
        )
    for entry in entries:
        if places.get(entry.kind) != entry.compartment or not 0 < entry.revision <= LARGEST_REVISION:
            raise WrongState(
                sentence(
                    "This parcel was made with another kit than ours, or an old one. Take the present one."
                )
            )
        check_sealed(entry.sealed, entry.compartment)


def _places(profile: Profile) -> Mapping[str, str]:
    sections = profile.questionnaire.application
    kinds = {rules.section_kind(section.id): section.compartment for section in sections}
    return kinds | {rules.META: rules.ROUTING}
