# SPDX-License-Identifier: AGPL-3.0-or-later
"""A name travels as everything else does, and one that nobody asked for stays where it was collected."""

from tests.cast import ASKED_FIRST, IDENTITY, Office
from tests.courier.town import NOTHING, Town
from watchword.core.sealing.primitives import random_bytes
from watchword.intake import envelopes, rules, selectors, services
from watchword.intake.models import Mailbox, Parcel
from watchword.intake.services import Visit
from watchword.intake.services.applications import seal_answers
from watchword.vault.selectors import records


def says_who(town: Town, visit: Visit) -> None:
    """The applicant fills in the page that the Desk's letter has opened."""
    now = town.organisation.now
    services.lodge(
        visit=visit,
        section=envelopes.profile().questionnaire.section("identity"),
        answers=IDENTITY,
        language="uk",
        ticket=services.issue(services.LODGE_FORM, now.date()),
        now=now,
    )


def test_a_name_is_asked_for_lodged_fetched_and_known_to_be_there(town: Town) -> None:
    visit = town.applies()
    town.round()
    office = Office(town.organisation, town.case_of(visit))
    office.standing_in("checks")
    town.round()
    assert selectors.post(visit.mailbox, visit.keys).asks == {"identity", "relatives", "skills", *ASKED_FIRST}
    says_who(town, visit)
    assert selectors.waiting_sections(visit.mailbox) == {"identity"}
    assert town.round().pulled == 1
    assert town.at_the_gate() == NOTHING
    assert records(office.case, "identity").count() == 1
    town.round()
    post = selectors.post(visit.mailbox, visit.keys)
    assert post.asks - post.received == {"relatives", "skills"}
    assert post.received == {"identity", *ASKED_FIRST}
    assert not post.forged


def test_a_name_that_a_taken_gate_collected_early_stays_there_and_stops_nobody_else(town: Town) -> None:
    visit = town.applies()
    town.round()
    mailbox = Mailbox.objects.get(pk=visit.mailbox)
    parcel = Parcel.objects.create(
        uid=random_bytes(16).hex(), mailbox=mailbox, kind=rules.LODGED, ready=True, opened=mailbox.opened
    )
    page = envelopes.profile().questionnaire.section("identity")
    seal_answers(mailbox, page, IDENTITY, "uk", parcel=parcel)
    town.applies()
    done = town.round()
    assert (done.pulled, done.put_off, done.failure) == (1, 1, "")
    assert not records(mailbox.case, "identity").exists()
